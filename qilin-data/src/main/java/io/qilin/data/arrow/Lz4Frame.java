package io.qilin.data.arrow;

import io.qilin.api.error.QilinException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Unpacks one LZ4 frame: "LZ4 Frame Format Description" 1.6 and "LZ4 Block Format Description". Written here because the
 * libraries at hand either do not read frames of linked blocks, which Arrow C++ and so pandas write for every buffer over
 * 64 KiB, or reach past the array checks of the JVM. Checksums are skipped; what is unpacked is validated as any other
 * buffer is.
 */
final class Lz4Frame {
  private static final int MAGIC = 0x184D2204;
  private static final int LONGEST = 255;

  private final byte[] in;
  private final int end;
  private final byte[] out;
  private final int limit;
  private final Where where;
  private int from;
  private int to;

  private Lz4Frame(ByteBuffer packed, byte[] out, int limit, Where where) {
    this.in = packed.array();
    this.from = packed.arrayOffset() + packed.position();
    this.end = packed.arrayOffset() + packed.limit();
    this.out = out;
    this.limit = limit;
    this.where = where;
  }

  /**
   * Unpacks a frame that fills its buffer.
   *
   * @param packed a buffer with an array
   * @param out at least as long as {@code length}
   * @param length how many bytes there have to be
   */
  static void unpack(ByteBuffer packed, byte[] out, int length, Where where) {
    Lz4Frame frame = new Lz4Frame(packed, out, length, where);
    frame.frame();
    if (frame.to != length || frame.from != frame.end) {
      throw frame.bad("it does not end where it should");
    }
  }

  private void frame() {
    if (readInt() != MAGIC) {
      throw bad("it does not begin as one");
    }
    int flags = readByte();
    int blockSize = readByte() >>> 4 & 7;
    if (flags >>> 6 != 1 || (flags & 3) != 0 || blockSize < 4) {
      throw bad("its head is not known");
    }
    skip((flags & 8) == 0 ? 1 : 9);
    int most = 1 << (8 + 2 * blockSize);
    boolean linked = (flags & 32) == 0;
    int trailer = (flags & 16) == 0 ? 0 : 4;
    for (int size = readInt(); size != 0; size = readInt()) {
      block(size, most, linked);
      skip(trailer);
    }
    skip((flags & 4) == 0 ? 0 : 4);
  }

  private void block(int size, int most, boolean linked) {
    int length = size & Integer.MAX_VALUE;
    if (length > most || length > end - from) {
      throw bad("a block of " + length + " bytes does not fit");
    }
    int room = Math.min(limit, to + Math.min(most, limit - to));
    if (size < 0) {
      copyLiterals(length, end, room);
    } else {
      sequences(from + length, linked ? 0 : to, room);
    }
  }

  private void sequences(int last, int base, int room) {
    while (from < last) {
      int token = readByte();
      copyLiterals(length(token >>> 4, last), last, room);
      if (from == last) {
        return;
      }
      if (last - from < 2) {
        throw bad("a block ends too early");
      }
      int distance = readByte() | readByte() << 8;
      int length = length(token & 15, last) + 4;
      if (distance == 0 || distance > to - base || length > room - to) {
        throw bad("a copy reaches outside");
      }
      copy(distance, length);
    }
  }

  private int length(int first, int last) {
    int length = first;
    if (first == 15) {
      int more;
      do {
        if (from == last || length > limit) {
          throw bad("a length does not end");
        }
        more = readByte();
        length += more;
      } while (more == LONGEST);
    }
    return length;
  }

  private void copyLiterals(int length, int last, int room) {
    if (length > last - from || length > room - to) {
      throw bad("more bytes than there is room for");
    }
    System.arraycopy(in, from, out, to, length);
    from += length;
    to += length;
  }

  /** Copies what was unpacked before; a copy may overlap itself and so repeat. */
  private void copy(int distance, int length) {
    int done = 0;
    int start = to - distance;
    while (done < length) {
      int some = Math.min(length - done, to - start);
      System.arraycopy(out, start, out, to, some);
      to += some;
      done += some;
    }
  }

  private int readByte() {
    skip(1);
    return in[from - 1] & 0xff;
  }

  private int readInt() {
    skip(Integer.BYTES);
    return ByteBuffer.wrap(in).order(ByteOrder.LITTLE_ENDIAN).getInt(from - Integer.BYTES);
  }

  private void skip(int bytes) {
    if (bytes > end - from) {
      throw bad("it ends too early");
    }
    from += bytes;
  }

  private QilinException bad(String what) {
    return where.broken("a buffer is no LZ4 frame: " + what);
  }
}
