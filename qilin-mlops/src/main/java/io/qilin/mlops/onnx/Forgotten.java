package io.qilin.mlops.onnx;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Models that nobody closed. Their native memory is given back when another model is opened: so a host that forgets to close
 * does not leak without bound, and no thread is needed. The set must be one for all models, as a forgotten one has no owner.
 */
final class Forgotten extends PhantomReference<OnnxModel> {
  private static final ReferenceQueue<OnnxModel> GONE = new ReferenceQueue<>();
  private static final Set<Forgotten> OPEN = ConcurrentHashMap.newKeySet();

  private final Slots slots;

  private Forgotten(OnnxModel model, Slots slots) {
    super(model, GONE);
    this.slots = slots;
  }

  static Forgotten watch(OnnxModel model, Slots slots) {
    Forgotten reference = new Forgotten(model, slots);
    OPEN.add(reference);
    return reference;
  }

  /** The model was closed as it should be. */
  void closed() {
    OPEN.remove(this);
    clear();
  }

  /** Closes what was forgotten; tells how many. */
  static int closeAll() {
    int count = 0;
    for (Reference<? extends OnnxModel> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
      if (gone instanceof Forgotten forgotten && OPEN.remove(forgotten)) {
        forgotten.slots.close();
        count++;
      }
    }
    return count;
  }
}
