package io.qilin.security.audit;

import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/** Where the openings of fields lie that are to be erased, and how they are: zeros over them. */
final class Eraser {
  private final Path file;
  private final List<ErasableSlot> slots;

  private Eraser(Path file, List<ErasableSlot> slots) {
    this.file = file;
    this.slots = slots;
  }

  /** Finds all of the fields, or refuses with INVALID_ARGUMENT. */
  static Eraser find(Path folder, Erasure erasure) throws IOException {
    SortedMap<Long, Path> files = SegmentFiles.list(folder).headMap(erasure.sequence() + 1);
    if (files.isEmpty()) {
      throw QilinException.invalid("record " + erasure.sequence() + " is in no file of the folder");
    }
    Path file = SegmentFiles.file(folder, files.lastKey());
    List<ErasableSlot> slots = new ArrayList<>(slots(file, erasure.sequence()));
    TreeSet<String> missing = new TreeSet<>(erasure.fields());
    slots.removeIf(slot -> !missing.remove(slot.field()));
    if (!missing.isEmpty()) {
      throw QilinException.invalid("record " + erasure.sequence() + " has no erasable field "
          + QilinException.quote(missing.first())
          + "; names are identity, resource and attributes.NAME");
    }
    return new Eraser(file, slots);
  }

  private static List<ErasableSlot> slots(Path file, long sequence) throws IOException {
    RecordCodec codec = new RecordCodec();
    try (SegmentReader reader = new SegmentReader(file, Long.MAX_VALUE)) {
      RawFrame frame = reader.next();
      if (frame != null) {
        reader.marker(SegmentHeader.read(frame).marker());
        frame = reader.next();
      }
      for (; frame != null; frame = reader.next()) {
        if (frame.type() == Frames.RECORD) {
          StoredRecord stored = codec.read(frame);
          if (stored.record().sequence() == sequence) {
            return stored.slots();
          }
        }
      }
    } catch (DamagedFrame e) {
      throw new IOException("the file is damaged: " + e.reason(), e);
    }
    throw QilinException.invalid("record " + sequence + " is not in the log");
  }

  void overwrite() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (ErasableSlot slot : slots) {
        ByteBuffer zeros = ByteBuffer.allocate(slot.size());
        long at = slot.offset();
        while (zeros.hasRemaining()) {
          int written = channel.write(zeros, at);
          if (written <= 0) {
            throw new IOException("nothing was written");
          }
          at += written;
        }
      }
      channel.force(true);
    }
  }
}
