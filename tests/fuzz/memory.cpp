#include "fuzz/memory.h"

#include <atomic>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LRTUNE_ADDRESS_SANITIZER
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define LRTUNE_ADDRESS_SANITIZER
#endif

namespace {

std::atomic<std::ptrdiff_t> live = 0;
std::atomic<std::ptrdiff_t> most = 0;
std::ptrdiff_t at_start = 0;

void count_allocated(std::size_t size) {
  const std::ptrdiff_t now = live += static_cast<std::ptrdiff_t>(size);
  if (now > most) most = now;
}

void count_released(std::size_t size) { live -= static_cast<std::ptrdiff_t>(size); }

}  // namespace

#ifdef LRTUNE_ADDRESS_SANITIZER

// As in sanitizer/allocator_interface.h, which GCC's packages lack.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void*, std::size_t),
                                                         void (*on_free)(const volatile void*));
extern "C" std::size_t __sanitizer_get_allocated_size(const volatile void* memory);

namespace {

void on_malloc(const volatile void*, std::size_t size) { count_allocated(size); }
void on_free(const volatile void* memory) { count_released(__sanitizer_get_allocated_size(memory)); }

const bool installed = __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free) != 0;

}  // namespace

#else

#include <malloc.h>

#include <cstdlib>
#include <new>

namespace {

const bool installed = true;

void* allocate(std::size_t size) {
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  count_allocated(malloc_usable_size(memory));
  return memory;
}

void release(void* memory) noexcept {
  count_released(malloc_usable_size(memory));
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* memory) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }

#endif

namespace lrtune::fuzz {

void start_counting() { most = at_start = live; }

std::size_t most_allocated() {
  return installed ? static_cast<std::size_t>(most - at_start) : static_cast<std::size_t>(-1);
}

}  // namespace lrtune::fuzz
