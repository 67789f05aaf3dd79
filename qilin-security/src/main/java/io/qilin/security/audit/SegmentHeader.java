package io.qilin.security.audit;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * How a file begins: which log it belongs to, and all that is needed to go on without the files before it.
 *
 * @param logId the log's id, 32 hex digits
 * @param marker what begins each later frame of the file
 * @param first the number of the file's first record
 * @param previous the hash of the record before it
 * @param at when the file was begun
 * @param roots the whole subtrees over the records before it
 */
record SegmentHeader(
    String logId, long marker, long first, AuditHash previous, Instant at, List<AuditHash> roots) {
  private static final byte VERSION = 1;
  private static final int ID_BYTES = 16;
  private static final int FIXED =
      1 + 1 + ID_BYTES + Long.BYTES + Long.BYTES + AuditHash.BYTES + Long.BYTES + Integer.BYTES + 1;

  /** The size of a header's frame when so many records stand before it. */
  static int frameBytes(long before) {
    return Frames.PREFIX + FIXED + Long.bitCount(before) * AuditHash.BYTES;
  }

  void write(ByteSink out) {
    int start = Frames.begin(out, Frames.MAGIC, Frames.HEADER);
    out.put(VERSION);
    out.put(HexFormat.of().parseHex(logId));
    out.putLong(marker);
    out.putLong(first);
    out.put(previous);
    out.put(at);
    out.put(roots.size());
    roots.forEach(out::put);
    Frames.end(out, start, out.size());
  }

  static SegmentHeader read(RawFrame frame) throws DamagedFrame {
    ByteBuffer in = frame.content();
    try {
      int version = in.get();
      if (version != VERSION) {
        throw new DamagedFrame(
            AuditFinding.Problem.WRONG_FILE,
            "the file has version " + version + ", this Qilin reads " + VERSION);
      }
      byte[] id = new byte[ID_BYTES];
      in.get(id);
      long marker = in.getLong();
      long first = in.getLong();
      AuditHash previous = hash(in);
      Instant at = Instant.ofEpochSecond(in.getLong(), in.getInt());
      int count = in.get() & 0xff;
      List<AuditHash> roots = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        roots.add(hash(in));
      }
      if (in.hasRemaining() || first < 1 || count != Long.bitCount(first - 1)) {
        throw new DamagedFrame(AuditFinding.Problem.WRONG_FILE, "the header contradicts itself");
      }
      return new SegmentHeader(HexFormat.of().formatHex(id), marker, first, previous, at, roots);
    } catch (BufferUnderflowException | DateTimeException | ArithmeticException e) {
      throw new DamagedFrame(
          AuditFinding.Problem.WRONG_FILE, "the header is too short or holds no time");
    }
  }

  static AuditHash hash(ByteBuffer in) {
    byte[] bytes = new byte[AuditHash.BYTES];
    in.get(bytes);
    return AuditHash.adopt(bytes);
  }
}
