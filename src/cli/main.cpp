#include "cli/command.h"

int main(int argc, char** argv) { return lrtune::run_command_line(argc, argv); }
