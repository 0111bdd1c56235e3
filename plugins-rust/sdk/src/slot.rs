use core::cell::RefCell;

/// The one plugin of an instance.
pub struct Slot<T>(RefCell<Option<T>>);

// SAFETY: an instance has one thread, and the host makes one call at a time.
#[cfg(target_arch = "wasm32")]
unsafe impl<T> Sync for Slot<T> {}

// For tests on the machine of the author, where nothing calls the exports.
#[cfg(not(target_arch = "wasm32"))]
unsafe impl<T> Sync for Slot<T> {}

impl<T> Slot<T> {
    pub const fn new() -> Self {
        Slot(RefCell::new(None))
    }

    pub fn set(&self, value: T) {
        *self.0.borrow_mut() = Some(value);
    }

    /// Works with the plugin. Panics before `lifecycle.init`, which the host calls first.
    pub fn with<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        match &mut *self.0.borrow_mut() {
            Some(value) => work(value),
            None => panic!("the plugin is not started"),
        }
    }
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self::new()
    }
}
