package io.qilin.arrow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.data.table.TableBatch;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Qilin's tables as vectors of Arrow Java, and back. Without state, so safe for use by several threads; what Arrow's
 * objects allow is their own.
 *
 * <p>What is copied, and why: a column of Qilin is an array on the heap that nobody can change, close or free, and Arrow's
 * vectors are memory outside of it that their owner frees. So each cell is copied once on the way in and once on the way
 * out; a column that looked into a vector would read freed memory when the vector is closed. Where that is a promise that
 * the caller can keep, {@link #view} looks into the vector without a copy.
 *
 * <p>Arrow Java needs {@code --add-opens=java.base/java.nio=ALL-UNNAMED}. Where that is missing, every method fails with
 * INVALID_CONFIGURATION and names the flag. Begin with {@link #allocator}, as Arrow's own constructor fails otherwise.
 */
public final class ArrowBridge {
  private ArrowBridge() {}

  /**
   * Memory for vectors. Close it after they are closed; it fails if one is left.
   *
   * @param bytes the most that may be in use at a time
   * @throws QilinException INVALID_CONFIGURATION if the JVM lacks the flag; INVALID_ARGUMENT for less than one byte
   */
  public static BufferAllocator allocator(long bytes) {
    ArrowFlags.require();
    if (bytes < 1) {
      throw QilinException.invalid("an allocator needs at least one byte, was " + bytes);
    }
    return new RootAllocator(bytes);
  }

  /**
   * The rows of a root, copied; no column may be dictionary-encoded.
   *
   * @return the batch, in which a number that is null is {@code NaN}
   * @throws QilinException INVALID_CONFIGURATION; UNSUPPORTED with the column, for a type that no column of Qilin holds,
   *     a dictionary, or a cell beyond what its column holds; DATA_FORMAT for a text that is not UTF-8; INVALID_ARGUMENT
   *     without columns, or if two have one name
   */
  public static TableBatch importBatch(VectorSchemaRoot root) {
    return importBatch(root, new DictionaryProvider.MapDictionaryProvider());
  }

  /**
   * The rows of a root, copied. Dictionary-encoded texts keep their words and references.
   *
   * @throws QilinException as {@link #importBatch(VectorSchemaRoot)}; DATA_FORMAT for a reference outside its dictionary
   */
  public static TableBatch importBatch(VectorSchemaRoot root, DictionaryProvider dictionaries) {
    ArrowFlags.require();
    return VectorReader.read(root, dictionaries);
  }

  /**
   * The rows of a batch as vectors, copied; texts as Utf8, moments as nanoseconds in UTC, numbers that are {@code NaN} as
   * null.
   *
   * @param allocator gives the memory; nothing of it is kept if this fails
   * @return vectors that the caller closes
   * @throws QilinException INVALID_CONFIGURATION; LIMIT_EXCEEDED if the allocator has not enough
   */
  public static VectorSchemaRoot exportBatch(TableBatch batch, BufferAllocator allocator) {
    ArrowFlags.require();
    return within(allocator, vectors -> VectorWriter.write(batch, vectors));
  }

  /**
   * The rows of a panel as vectors, copied: {@code symbol}, {@code date}, then the fields by their names, instrument by
   * instrument and day by day from its first row to its last.
   *
   * @param allocator gives the memory; nothing of it is kept if this fails
   * @return vectors that the caller closes
   * @throws QilinException INVALID_CONFIGURATION; LIMIT_EXCEEDED if the allocator has not enough
   */
  public static VectorSchemaRoot exportPanel(Panel panel, BufferAllocator allocator) {
    ArrowFlags.require();
    return within(allocator, vectors -> PanelWriter.write(panel, vectors));
  }

  private interface Filling {
    VectorSchemaRoot into(OpenVectors vectors);
  }

  private static VectorSchemaRoot within(BufferAllocator allocator, Filling filling) {
    Objects.requireNonNull(allocator, "allocator");
    try (OpenVectors vectors = new OpenVectors(allocator)) {
      VectorSchemaRoot root = filling.into(vectors);
      vectors.keep();
      return root;
    } catch (OutOfMemoryException e) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the vectors need more than the " + allocator.getLimit() + " bytes of the allocator "
              + QilinException.quote(allocator.getName()) + "; give it more, or fewer rows",
          e);
    }
  }

  /**
   * The numbers of a vector, not copied: a read-only look into its memory.
   *
   * @param vector without nulls, whose cells would show whatever lies there
   * @return valid until the vector changes or is closed; after that reading it is an access to freed memory, which may
   *     end the JVM
   * @throws QilinException INVALID_CONFIGURATION; UNSUPPORTED if a cell is null or the vector is larger than 2 GB
   */
  public static DoubleBuffer view(Float8Vector vector) {
    ArrowFlags.require();
    if (vector.getNullCount() > 0) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          "the vector " + QilinException.quote(vector.getName()) + " has " + vector.getNullCount()
              + " nulls, which a view cannot show; use importBatch");
    }
    long bytes = (long) vector.getValueCount() * Double.BYTES;
    if (bytes > Integer.MAX_VALUE) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED, "a view of " + bytes + " bytes is larger than 2 GB; split it");
    }
    return vector
        .getDataBuffer()
        .nioBuffer(0, (int) bytes)
        .order(ByteOrder.nativeOrder())
        .asDoubleBuffer()
        .asReadOnlyBuffer();
  }
}
