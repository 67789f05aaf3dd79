package io.qilin.security.audit;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The form of a file: one frame after the other.
 *
 * <pre>
 * frame   = marker (8 bytes), length of the body (4), CRC32C (4), body
 * body    = 0, header  |  1, length n (4), n hashed bytes, openings  |  2, checkpoint
 * </pre>
 *
 * <p>The marker of a header is fixed and says what the file is. All other frames of a file carry a marker that was drawn at
 * random for it, so that frames can be found again behind a damaged one, and a text that an attacker had recorded cannot
 * pass for a frame. The sum covers the length and the body but for the openings: these can be erased, and stand for
 * themselves by their commitments among the hashed bytes.
 */
final class Frames {
  static final long MAGIC = 0x51494c494e415531L; // QILINAU1
  static final int PREFIX = 16;

  /** More than the largest record: 64 KiB of values, 69 commitments, sizes and names. */
  static final int MAX_BODY = 128 * 1024;

  static final byte HEADER = 0;
  static final byte RECORD = 1;
  static final byte CHECKPOINT = 2;

  /** The bytes before the hashed ones in the body of a record. */
  static final int RECORD_PREFIX = 5;

  private Frames() {}

  /** Begins a frame and gives its place, for {@link #end}. */
  static int begin(ByteSink out, long marker, byte type) {
    int start = out.size();
    out.putLong(marker);
    out.putInt(0);
    out.putInt(0);
    out.put(type);
    return start;
  }

  /**
   * Ends a frame.
   *
   * @param covered where the part of the body ends that the sum covers
   */
  static void end(ByteSink out, int start, int covered) {
    out.setInt(start + 8, out.size() - start - PREFIX);
    out.setInt(start + 12, sum(out.array(), start + 8, start + PREFIX, covered - start - PREFIX));
  }

  /** The sum over the four bytes of the length and the covered part of the body. */
  static int sum(byte[] bytes, int lengthAt, int bodyAt, int covered) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, lengthAt, 4);
    crc.update(bytes, bodyAt, covered);
    return (int) crc.getValue();
  }

  /** How much of a body the sum covers, or -1 if the body contradicts itself. */
  static int covered(ByteBuffer body) {
    if (body.remaining() < 1) {
      return -1;
    }
    if (body.get(body.position()) != RECORD) {
      return body.remaining();
    }
    if (body.remaining() < RECORD_PREFIX) {
      return -1;
    }
    int hashed = body.getInt(body.position() + 1);
    return hashed < 0 || hashed > body.remaining() - RECORD_PREFIX ? -1 : RECORD_PREFIX + hashed;
  }
}
