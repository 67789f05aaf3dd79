package io.qilin.ops.reload;

/**
 * One event in place of two that follow each other: the change from before the first to after the second, or the one change of the
 * two, or the second refusal.
 */
final class Coalesced {
  private Coalesced() {}

  static <T> ConfigEvent<T> of(ConfigEvent<T> first, ConfigEvent<T> second) {
    long skipped = first.skipped() + second.skipped() + 1;
    return first.fold(
        before -> second.fold(
            after -> ConfigEvent.Changed.of(before.before(), after.after(), skipped),
            refusal -> new ConfigEvent.Changed<>(
                before.version(), before.changes(), before.before(), before.after(), skipped)),
        earlier -> second.fold(
            after -> new ConfigEvent.Changed<>(
                after.version(), after.changes(), after.before(), after.after(), skipped),
            refusal -> new ConfigEvent.Refused<>(
                refusal.reason(), refusal.version(), refusal.at(), skipped)));
  }
}
