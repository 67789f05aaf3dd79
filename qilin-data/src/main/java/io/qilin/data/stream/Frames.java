package io.qilin.data.stream;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The form of a log of frames. A frame is its length as four bytes, the CRC-32C of its payload, the CRC-32C of these eight
 * bytes and of the position of the frame in the file, then the payload. So a header is known by itself at any place, and a
 * reader that has met damage finds the next whole frame by looking for one.
 */
final class Frames {
  static final int HEADER = 12;

  /** The longest payload unless a host says otherwise. */
  static final int MOST_BYTES = 8 << 20;

  private final CRC32C crc = new CRC32C();
  private final ByteBuffer place = ByteBuffer.allocate(16);

  int payloadCrc(byte[] bytes, int from, int length) {
    crc.reset();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  int headerCrc(int length, int payloadCrc, long position) {
    place.clear();
    place.putInt(length).putInt(payloadCrc).putLong(position);
    crc.reset();
    crc.update(place.array(), 0, place.position());
    return (int) crc.getValue();
  }
}
