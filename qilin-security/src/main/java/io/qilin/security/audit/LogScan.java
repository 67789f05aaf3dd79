package io.qilin.security.audit;

import io.qilin.api.error.QilinException;
import io.qilin.security.audit.AuditFinding.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from its beginning and checks everything that the log alone can show: frames, sequence, chain, files that
 * follow each other, checkpoints that fit, fields that are what was recorded or were erased by a record. It stops at the
 * first fault. Used to open a log, to verify one and to prove; memory does not grow with the log. One thread, one run.
 */
final class LogScan {
  private final Path folder;
  private final long startsAt;
  private final long lastLimit;
  private final ScanVisitor visitor;
  private final RecordCodec codec = new RecordCodec();
  private final ErasureLedger erasures = new ErasureLedger();
  private SortedMap<Long, Path> files = new java.util.TreeMap<>();
  private @Nullable ChainState chain;
  private @Nullable AuditFinding finding;
  private @Nullable Path current;
  private @Nullable SegmentHeader header;
  private long good;
  private long durable;
  private long undurableFrom;

  /**
   * A scan.
   *
   * @param startsAt the number of the record that the log must begin with: 1, unless files were archived
   * @param lastLimit how many bytes of the last file to read
   */
  LogScan(Path folder, long startsAt, long lastLimit, ScanVisitor visitor) {
    this.folder = folder;
    this.startsAt = startsAt;
    this.lastLimit = lastLimit;
    this.visitor = visitor;
  }

  /** Reads; afterwards the other methods tell what was found. */
  LogScan run() throws IOException {
    files = SegmentFiles.list(folder);
    durable = startsAt - 1;
    for (Map.Entry<Long, Path> one : files.entrySet()) {
      boolean last = one.getKey().equals(files.lastKey());
      current = one.getValue();
      header = null;
      good = 0;
      try (SegmentReader reader =
          new SegmentReader(one.getValue(), last ? lastLimit : Long.MAX_VALUE)) {
        segment(reader, one.getKey(), one.getValue());
      } catch (DamagedFrame e) {
        found(e.problem(), e.reason());
      } catch (IOException e) {
        found(Problem.UNREADABLE, "the file cannot be read: " + e.getClass().getSimpleName());
      }
      if (finding != null || visitor.enough()) {
        break;
      }
    }
    Optional<AuditFinding> erased = erasures.first();
    if (erased.isPresent() && (finding == null || erased.get().sequence() < finding.sequence())) {
      finding = erased.get();
    }
    return this;
  }

  private void segment(SegmentReader reader, long first, Path file)
      throws IOException, DamagedFrame {
    RawFrame start = reader.next();
    if (start == null) {
      throw new DamagedFrame(Problem.WRONG_FILE, "the file is empty");
    }
    if (start.type() != Frames.HEADER) {
      throw new DamagedFrame(Problem.WRONG_FILE, "the file does not begin with a header");
    }
    SegmentHeader read = SegmentHeader.read(start);
    boolean follows = chain == null ? read.first() == startsAt : chain.continuedBy(read);
    if (!follows || read.first() != first) {
      throw new DamagedFrame(
          Problem.WRONG_FILE, "the file does not go on where the one before it ends");
    }
    ChainState here = chain == null ? ChainState.from(read) : chain;
    if (first == 1 && !here.previous().equals(ChainState.empty(read.logId()).previous())) {
      throw new DamagedFrame(Problem.WRONG_FILE, "the header does not begin this log");
    }
    chain = here;
    header = read;
    reader.marker(read.marker());
    good = reader.position();
    // A file gets its name when its header is on the disk.
    undurableFrom = good;
    for (RawFrame frame = reader.next(); frame != null; frame = reader.next()) {
      if (frame.type() == Frames.RECORD) {
        record(here, frame, file);
      } else if (frame.type() == Frames.CHECKPOINT) {
        checkpoint(here, frame);
      } else {
        throw new DamagedFrame(Problem.DAMAGED, "a frame of unknown type");
      }
      if (erasures.full()) {
        throw new DamagedFrame(
            Problem.UNRECORDED_ERASURE, "too many fields were erased without a record of it");
      }
      good = reader.position();
      if (visitor.enough()) {
        return;
      }
    }
  }

  private void record(ChainState here, RawFrame frame, Path file) throws DamagedFrame {
    StoredRecord stored = codec.read(frame);
    AuditRecord record = stored.record();
    long expected = here.size() + 1;
    if (record.sequence() != expected) {
      throw new DamagedFrame(
          Problem.OUT_OF_ORDER,
          "record " + record.sequence() + " stands in the place of " + expected);
    }
    if (!record.previous().equals(here.previous())) {
      throw new DamagedFrame(
          Problem.BROKEN_CHAIN, "the record does not carry the hash of the one before it");
    }
    if (stored.durable() < durable || stored.durable() >= expected) {
      throw new DamagedFrame(Problem.DAMAGED, "the record says of itself what cannot be");
    }
    if (stored.durable() > durable) {
      durable = stored.durable();
      if (durable == expected - 1) {
        undurableFrom = frame.offset();
      }
    }
    here.add(record.hash());
    erasures.see(stored, file, frame.offset());
    visitor.record(stored, file, here);
  }

  private void checkpoint(ChainState here, RawFrame frame) throws DamagedFrame {
    LoggedCheckpoint logged = LoggedCheckpoint.read(frame);
    AuditCheckpoint checkpoint = logged.checkpoint();
    boolean fits = checkpoint.logId().equals(here.logId())
        && checkpoint.size() == here.size()
        && checkpoint.root().equals(here.root());
    if (!fits) {
      throw new DamagedFrame(
          Problem.BAD_CHECKPOINT, "the checkpoint does not fit the records before it");
    }
    if (logged.forced() && checkpoint.size() > durable) {
      durable = checkpoint.size();
      undurableFrom = frame.offset();
    }
    visitor.checkpoint(checkpoint);
  }

  /** What a frame of type {@link Frames#CHECKPOINT} holds; {@code forced} if its records were on the disk before it. */
  record LoggedCheckpoint(boolean forced, AuditCheckpoint checkpoint) {
    static LoggedCheckpoint read(RawFrame frame) throws DamagedFrame {
      ByteBuffer in = frame.content();
      int forced = in.hasRemaining() ? in.get() : -1;
      if (forced < 0 || forced > 1) {
        throw new DamagedFrame(Problem.BAD_CHECKPOINT, "the checkpoint has another form");
      }
      try {
        String text = StandardCharsets.US_ASCII.decode(in).toString();
        return new LoggedCheckpoint(forced == 1, AuditCheckpoint.parse(text));
      } catch (QilinException e) {
        throw new DamagedFrame(Problem.BAD_CHECKPOINT, "the checkpoint has another form");
      }
    }

    static void write(ByteSink out, long marker, boolean forced, AuditCheckpoint checkpoint) {
      int start = Frames.begin(out, marker, Frames.CHECKPOINT);
      out.put(forced ? 1 : 0);
      out.put(checkpoint.toString().getBytes(StandardCharsets.US_ASCII));
      Frames.end(out, start, out.size());
    }
  }

  private void found(Problem problem, String message) {
    String name = current == null ? "" : String.valueOf(current.getFileName());
    // Of two records that do not follow each other, the first may be the one that was changed.
    long first = problem == Problem.BROKEN_CHAIN ? Math.max(startsAt, size()) : size() + 1;
    finding = new AuditFinding(problem, first, name, good, message);
  }

  /** The first fault. */
  Optional<AuditFinding> finding() {
    return Optional.ofNullable(finding);
  }

  SortedMap<Long, Path> files() {
    return files;
  }

  /** Where the log stands before the fault; empty if not one header could be read. */
  Optional<ChainState> chain() {
    return Optional.ofNullable(chain);
  }

  /** The number of the last record before the fault. */
  long size() {
    return chain == null ? startsAt - 1 : chain.size();
  }

  /** Where the last good frame of the file that was read last ends. */
  long good() {
    return good;
  }

  /** The header of the file that was read last; empty if that could not be read. */
  Optional<SegmentHeader> header() {
    return Optional.ofNullable(header);
  }

  /** The last record that a later one says was on the disk. */
  long durable() {
    return durable;
  }

  /** Where in the last file that begins which is not known to be on the disk. */
  long undurableFrom() {
    return undurableFrom;
  }
}
