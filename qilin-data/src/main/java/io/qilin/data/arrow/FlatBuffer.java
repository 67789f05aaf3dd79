package io.qilin.data.arrow;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Careful reading of FlatBuffers metadata. The generated classes check nothing themselves, but every access goes through
 * a {@link ByteBuffer}, which does: what points outside ends here as a typed error. Metadata is turned into Qilin's own
 * records at once, so that no later step reads it.
 */
final class FlatBuffer {
  private FlatBuffer() {}

  /** Reads something, and names the place if its offsets lead nowhere. */
  static <T> T read(Where where, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
      throw where.broken("the metadata is damaged: an offset in it leads outside", e);
    }
  }

  /** A part that has to be there. */
  static <T> T present(Where where, String what, @Nullable T part) {
    if (part == null) {
      throw where.broken("the metadata has no " + what);
    }
    return part;
  }

  /** A text of the metadata; an absent one is empty. */
  static String text(Where where, @Nullable ByteBuffer bytes, int most) {
    if (bytes == null) {
      return "";
    }
    if (bytes.remaining() > most) {
      throw where.tooLarge("a name of " + bytes.remaining() + " bytes is longer than " + most);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw where.broken("a name is not UTF-8", e);
    }
  }
}
