package io.qilin.core.factor;

import io.qilin.core.internal.row.CrossPort;
import java.util.List;

/** The places where all instruments of a day meet. */
final class CrossSections {
  private final int instruments;

  CrossSections(int instruments) {
    this.instruments = instruments;
  }

  /** Computes the cross-sectional operators after a stage of a day. */
  void meet(List<PanelChunk> chunks, int stage, int day) {
    List<CrossPort> ports = chunks.get(0).program().ports(stage);
    if (!ports.isEmpty()) {
      throw new IllegalStateException("no cross-sections of " + instruments + " on " + day);
    }
  }
}
