package io.qilin.flink;

import io.qilin.api.error.QilinException;
import io.qilin.data.stream.InstrumentWindows;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The windows of an instrument as state: alive, or as bytes until they are needed. Not immutable. */
final class InstrumentState {
  private final byte[] saved;
  private @Nullable InstrumentWindows live;

  private InstrumentState(byte[] saved, @Nullable InstrumentWindows live) {
    this.saved = saved;
    this.live = live;
  }

  static InstrumentState of(InstrumentWindows windows) {
    return new InstrumentState(new byte[0], windows);
  }

  static InstrumentState of(byte[] saved) {
    return new InstrumentState(saved, null);
  }

  /**
   * The windows.
   *
   * @param empty makes windows with nothing in them
   */
  InstrumentWindows windows(Supplier<InstrumentWindows> empty) {
    InstrumentWindows known = live;
    if (known == null) {
      known = empty.get();
      try {
        known.load(saved);
      } catch (QilinException e) {
        throw JobChecks.permanent(e);
      }
      live = known;
    }
    return known;
  }

  byte[] bytes() {
    InstrumentWindows known = live;
    return known == null ? saved : known.save();
  }
}
