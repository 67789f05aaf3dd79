package io.qilin.security.audit;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.audit.AuditFinding.Problem;
import io.qilin.security.audit.LogScan.LoggedCheckpoint;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out where a log stands and makes it fit to go on: the one way to start, after a crash or not.
 *
 * <p>A fault at the end of the last file is what a crash leaves, if the records from there on were never known to be on the
 * disk: they were not acknowledged, and are cut off. Each record tells the last one that was on the disk when it was
 * written. So a frame behind the fault that says of the faulty record that it was there shows that the file was damaged
 * afterwards; then the log is not opened, and nothing in it is changed.
 */
final class AuditOpening {
  private final AuditSettings settings;
  private final Visitor visitor = new Visitor();

  AuditOpening(AuditSettings settings) {
    this.settings = settings;
  }

  /** What a writer starts from. */
  record Opened(
      ChainState chain,
      SegmentStore store,
      IntentBook intents,
      AuditRecovery recovery,
      List<Erasure> unfinished) {}

  Opened open() throws IOException {
    discardUnnamed();
    if (SegmentFiles.list(settings.folder()).isEmpty()) {
      return create();
    }
    long limit = Long.MAX_VALUE;
    LogScan scan = scan(limit);
    while (scan.finding().isPresent()) {
      limit = cut(scan, scan.finding().get(), limit);
      scan = scan(limit);
    }
    compare(scan);
    return reopen(scan);
  }

  private LogScan scan(long limit) throws IOException {
    visitor.clear();
    return new LogScan(settings.folder(), settings.startsAt(), limit, visitor).run();
  }

  private Opened create() throws IOException {
    if (settings.startsAt() != 1 || settings.expected().isPresent()) {
      throw tampered(new AuditFinding(
          Problem.CUT, 1, "", 0, "the folder holds no file of the log, which should have records"));
    }
    SegmentFiles.forcePath(settings.folder());
    ChainState chain = ChainState.empty(id());
    SegmentStore store = SegmentStore.create(
        settings.folder(),
        chain.header(settings.random().nextLong(), settings.clock().instant()));
    return new Opened(
        chain, store, visitor.intents, new AuditRecovery(0, 0, List.of(), 0), List.of());
  }

  private String id() {
    byte[] id = new byte[16];
    settings.random().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private Opened reopen(LogScan scan) throws IOException {
    Path last = SegmentFiles.file(settings.folder(), scan.files().lastKey());
    long cut = Files.size(last) - scan.good();
    ChainState chain = scan.chain().orElseThrow();
    SegmentStore store = SegmentStore.reopen(
        settings.folder(),
        last,
        scan.header().orElseThrow().marker(),
        scan.good(),
        scan.undurableFrom());
    List<Erasure> unfinished = List.copyOf(visitor.erasures.values());
    AuditRecovery recovery =
        new AuditRecovery(chain.size(), cut, visitor.intents.sequences(), unfinished.size());
    return new Opened(chain, store, visitor.intents, recovery, unfinished);
  }

  /** Where to cut a fault off; refuses if it is none of a crash. */
  private long cut(LogScan scan, AuditFinding finding, long limit) throws IOException {
    Path last = SegmentFiles.file(settings.folder(), scan.files().lastKey());
    boolean atTheEnd = finding.file().equals(String.valueOf(last.getFileName()))
        && scan.header().isPresent()
        && finding.offset() < limit;
    if (!atTheEnd
        || finding.problem() == Problem.WRONG_FILE
        || finding.problem() == Problem.UNREADABLE) {
      throw tampered(finding);
    }
    long durable = Math.max(scan.durable(), durableBehind(last, scan, finding.offset(), limit));
    if (durable >= finding.sequence()) {
      throw tampered(finding);
    }
    return finding.offset();
  }

  /** The last record that whole frames behind a fault say was on the disk. */
  private static long durableBehind(Path file, LogScan scan, long from, long limit)
      throws IOException {
    RecordCodec codec = new RecordCodec();
    long durable = 0;
    try (SegmentReader reader = new SegmentReader(file, limit)) {
      reader.marker(scan.header().orElseThrow().marker());
      reader.seek(from);
      for (RawFrame frame = reader.search(); frame != null; frame = reader.search()) {
        durable = Math.max(durable, told(codec, frame));
      }
    }
    return durable;
  }

  private static long told(RecordCodec codec, RawFrame frame) {
    try {
      if (frame.type() == Frames.RECORD) {
        return codec.read(frame).durable();
      }
      LoggedCheckpoint logged = LoggedCheckpoint.read(frame);
      return logged.forced() ? logged.checkpoint().size() : 0;
    } catch (DamagedFrame e) {
      // A frame whose sum is right and that makes no sense was not left by a crash.
      return Long.MAX_VALUE;
    }
  }

  private void compare(LogScan scan) {
    Optional<AuditCheckpoint> expected = settings.expected();
    if (expected.isPresent()) {
      Optional<AuditFinding> fault = visitor.comparison.fault(scan.size());
      if (fault.isPresent()) {
        throw tampered(fault.get());
      }
    }
  }

  /** Deletes files that were never given their name, so that none of their records can have been acknowledged. */
  private void discardUnnamed() throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(settings.folder())) {
      for (Path file : found) {
        if (String.valueOf(file.getFileName()).matches("audit-[0-9]{19}\\.log\\.new")) {
          Files.delete(file);
        }
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private QilinException tampered(AuditFinding finding) {
    ErrorCode code = finding.problem() == Problem.UNREADABLE
        ? ErrorCode.AUDIT_UNAVAILABLE
        : ErrorCode.AUDIT_TAMPERED;
    return new QilinException(
        code,
        "the audit log in " + settings.folder() + " is not opened: " + finding.message() + " ("
            + finding.problem()
            + " from record " + finding.sequence() + ", file '" + finding.file() + "' at byte "
            + finding.offset()
            + "); keep a copy, look at it with AuditVerifier, and begin a new log in another folder");
  }

  private final class Visitor implements ScanVisitor {
    private IntentBook intents = new IntentBook();
    private CheckpointComparison comparison = new CheckpointComparison(List.of());
    private final Map<String, Erasure> erasures = new LinkedHashMap<>();

    void clear() {
      intents = new IntentBook();
      comparison = new CheckpointComparison(settings.expected().stream().toList());
      erasures.clear();
    }

    @Override
    public void record(StoredRecord stored, Path file, ChainState chain) {
      AuditRecord record = stored.record();
      intents.see(record.entry(), record.sequence());
      comparison.see(chain);
      String correlation = record.entry().correlationId().text();
      Erasure.announced(record).ifPresent(erasure -> erasures.put(correlation, erasure));
      if (Erasure.ended(record)) {
        erasures.remove(correlation);
      }
    }
  }
}
