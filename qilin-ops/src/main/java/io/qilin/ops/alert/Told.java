package io.qilin.ops.alert;

/** Whether an episode is told, and that not too soon after the one before. For the lock of its rule. */
final class Told {
  private final long cooldownNanos;
  private boolean open;
  private boolean ever;
  private long at;
  private long episode;

  Told(long cooldownNanos) {
    this.cooldownNanos = cooldownNanos;
  }

  /** Tells now if it is not told yet and may be. */
  boolean tell(long now) {
    if (open || (ever && now - at < cooldownNanos)) {
      return false;
    }
    open = true;
    ever = true;
    at = now;
    episode++;
    return true;
  }

  /** Ends the episode; true if it was told. */
  boolean end() {
    boolean was = open;
    open = false;
    return was;
  }

  long episode() {
    return episode;
  }
}
