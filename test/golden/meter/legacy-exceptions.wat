;; A handler starts with the counter in the global. A throw pays a toll: it takes far more time than fuel.
(module
  (tag $e)
  (func (export "f")
    try
      i32.const 1
      drop
      throw $e
    catch $e
    catch_all
      rethrow 0
    end))
