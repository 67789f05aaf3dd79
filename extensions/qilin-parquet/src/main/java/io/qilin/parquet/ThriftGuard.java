package io.qilin.parquet;

/**
 * Walks through a structure in Thrift's compact protocol before Thrift reads it, which believes the sizes that it
 * finds: a list of two thousand million elements in a footer of forty bytes would be allocated. Here every size must
 * fit into the bytes that are left, and what the structure takes in memory into a limit.
 *
 * <p>Source: Apache Thrift, "Thrift Compact protocol encoding".
 */
final class ThriftGuard {
  private static final int DEPTH = 32;
  private static final int OBJECT = 160;
  private static final int STRING = 64;

  private final Bytes in;
  private final long limit;
  private long memory;

  private ThriftGuard(Bytes in, long limit) {
    this.in = in;
    this.limit = limit;
  }

  /**
   * Passes over one structure.
   *
   * @param memory what it may take when it is read, in bytes, by a cautious estimate
   * @throws io.qilin.api.error.QilinException DATA_FORMAT, LIMIT_EXCEEDED
   */
  static void pass(Bytes in, long memory) {
    new ThriftGuard(in, memory).structure(0);
  }

  private void structure(int depth) {
    hold(OBJECT);
    if (depth > DEPTH) {
      throw in.malformed("its metadata is nested deeper than " + DEPTH);
    }
    while (true) {
      int head = in.u8();
      if (head == 0) {
        return;
      }
      if (head >>> 4 == 0) {
        in.varint();
      }
      int type = head & 15;
      if (type != 1 && type != 2) {
        value(type, depth);
      }
    }
  }

  private void value(int type, int depth) {
    switch (type) {
      case 1, 2, 3 -> in.take(1);
      case 4, 5, 6 -> in.varint();
      case 7 -> in.take(8);
      case 8 -> {
        int length = in.size();
        hold(STRING + (long) length);
        in.take(length);
      }
      case 9, 10 -> list(depth);
      case 11 -> map(depth);
      case 12 -> structure(depth + 1);
      case 13 -> in.take(16);
      default -> throw in.malformed("its metadata has a field of the unknown type " + type);
    }
  }

  private void list(int depth) {
    int head = in.u8();
    int size = head >>> 4 == 15 ? in.size() : head >>> 4;
    elements(size, depth, head & 15);
  }

  private void map(int depth) {
    int size = in.size();
    if (size > 0) {
      int types = in.u8();
      elements(size, depth, types >>> 4, types & 15);
    }
  }

  private void elements(int size, int depth, int... types) {
    if (size > in.remaining()) {
      throw in.malformed(
          "its metadata declares a list of " + size + " elements in " + in.remaining() + " bytes");
    }
    hold(STRING + 24L * size);
    for (int i = 0; i < size; i++) {
      for (int type : types) {
        value(type, depth + 1);
      }
    }
  }

  private void hold(long bytes) {
    memory += bytes;
    if (memory > limit) {
      throw in.place()
          .tooLarge("its metadata needs more than " + limit
              + " bytes of memory; write fewer row groups or columns, or raise"
              + " TableLimits.batchBytes");
    }
  }
}
