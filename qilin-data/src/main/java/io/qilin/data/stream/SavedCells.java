package io.qilin.data.stream;

/** The cells of a pane in a checkpoint: how many records a key has, and if it has any, the other numbers. */
final class SavedCells {
  private static final long GREATEST_PRICE = Double.doubleToRawLongBits(Double.MAX_VALUE);

  private SavedCells() {}

  static void saveEmpty(CheckpointWriter out) {
    out.int64(0);
  }

  static void save(long[] cells, int at, CheckpointWriter out) {
    if (PaneCells.empty(cells, at)) {
      saveEmpty(out);
      return;
    }
    for (int i = 0; i < PaneCells.WIDTH; i++) {
      out.int64(cells[at + i]);
    }
  }

  /**
   * Reads the numbers of a key.
   *
   * @param cell where they go
   * @param panes how many panes are added up, so that sums of them stay in range
   * @return whether the key has records
   */
  static boolean load(long[] cell, CheckpointReader in, Pane pane, int panes) {
    long greatest = Long.MAX_VALUE / panes;
    long count = in.int64("count of records", 0, greatest);
    if (count == 0) {
      return false;
    }
    cell[PaneCells.COUNT] = count;
    cell[PaneCells.VOLUME] = in.int64("volume", 0, greatest);
    cell[PaneCells.AMOUNT] = in.int64("amount", 0, greatest);
    cell[PaneCells.UNKNOWN_AMOUNTS] = in.int64("count of unknown amounts", 0, count);
    // Bits of positive prices are ordered as the prices are.
    long high = in.int64("bits of the high", 1, GREATEST_PRICE);
    long low = in.int64("bits of the low", 1, high);
    cell[PaneCells.HIGH] = high;
    cell[PaneCells.LOW] = low;
    cell[PaneCells.OPEN] = in.int64("bits of the open", low, high);
    long first = in.int64("time of the open", pane.start, pane.end - 1);
    cell[PaneCells.OPEN_TIME] = first;
    cell[PaneCells.OPEN_SEQUENCE] = in.int64("sequence of the open");
    cell[PaneCells.CLOSE] = in.int64("bits of the close", low, high);
    cell[PaneCells.CLOSE_TIME] = in.int64("time of the close", first, pane.end - 1);
    cell[PaneCells.CLOSE_SEQUENCE] = in.int64("sequence of the close");
    return true;
  }
}
