package io.qilin.spark;

import org.apache.spark.Partitioner;

/**
 * Where the rows of an instrument go: always the same partition, on every machine. Copies of instruments that expressions
 * name go to each partition, before its own instruments.
 */
final class InstrumentPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;

  /** Begins the key of a copy; before all that an instrument's name may begin with. */
  private static final char COPY = '!';

  private final int partitions;

  InstrumentPartitioner(int partitions) {
    this.partitions = partitions;
  }

  /** The key of a copy for one partition. */
  static String copy(String symbol, int partition) {
    return "" + COPY + partition + COPY + symbol;
  }

  static boolean isCopy(String key) {
    return key.charAt(0) == COPY;
  }

  /** The instrument of a copy. */
  static String copied(String key) {
    return key.substring(key.indexOf(COPY, 1) + 1);
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object key) {
    String text = (String) key;
    if (isCopy(text)) {
      return Integer.parseInt(text.substring(1, text.indexOf(COPY, 1)));
    }
    int hash = text.hashCode() * 0x9E3779B9;
    return Math.floorMod(hash ^ (hash >>> 16), partitions);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InstrumentPartitioner that && partitions == that.partitions;
  }

  @Override
  public int hashCode() {
    return partitions;
  }
}
