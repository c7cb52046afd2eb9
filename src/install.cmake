# What `cmake --install` puts in place: the program, and the library for find_package(lrtune) (docs/library.md). The target
# to link is lrtune::lrtune: the verb (lrtune/tune.h) with its tellers (lrtune/report.h).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(parts base stats data nn optim schedule train config plan report record sweep library)
list(TRANSFORM parts PREPEND lrtune_)
add_library(lrtune_verb INTERFACE)
set_target_properties(lrtune_verb PROPERTIES EXPORT_NAME lrtune)
target_link_libraries(lrtune_verb INTERFACE lrtune_library lrtune_report)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/lrtune)
install(TARGETS lrtune RUNTIME)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/lrtune TYPE INCLUDE)
install(TARGETS ${parts} lrtune_verb EXPORT lrtuneTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}/lrtune
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT lrtuneTargets NAMESPACE lrtune:: DESTINATION ${package})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/lrtuneConfig.cmake.in ${PROJECT_BINARY_DIR}/lrtuneConfig.cmake
  INSTALL_DESTINATION ${package})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/lrtuneConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/lrtuneConfig.cmake ${PROJECT_BINARY_DIR}/lrtuneConfigVersion.cmake
  DESTINATION ${package})
