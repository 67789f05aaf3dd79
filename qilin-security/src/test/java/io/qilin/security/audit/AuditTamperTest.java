package io.qilin.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.security.audit.AuditFinding.Problem;
import io.qilin.testkit.fault.FaultDisk;
import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scenario F7: every bit and every length of a file, and frames, files and whole logs moved about. */
@Tag("fault")
@Tag("F7")
class AuditTamperTest {
  private final FaultRun run = FaultRun.of("F7", 100);
  private final FaultDisk disk = FaultDisk.empty();
  private Path folder = disk.path("/audit");
  private final AuditFixture fixture = new AuditFixture();
  private final List<Place> places = new ArrayList<>();
  private byte[] whole = new byte[0];

  /** Where a frame is; {@code sequence} is the record that cannot be trusted when it is damaged. */
  private record Place(int from, int to, long sequence, boolean record) {}

  @BeforeEach
  void makeALog() throws IOException {
    int records = run.n() >= 1000 ? 1000 : 120;
    try (AuditLog log = fixture
        .builder(folder)
        .durability(Durability.NEVER_MAY_LOSE_THE_LAST_FILE)
        .checkpointRecords(50)
        .open()) {
      List<CompletionStage<AuditReceipt>> all = new ArrayList<>();
      for (int i = 1; i <= records; i++) {
        all.add(log.append(AuditFixture.entry(i)));
      }
      all.forEach(one -> one.toCompletableFuture().join());
    }
    whole = read(file());
    places(whole);
  }

  private Path file() {
    return folder.resolve("audit-0000000000000000001.log");
  }

  private void places(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long next = 1;
    for (int at = 0; at < bytes.length; ) {
      int to = at + Frames.PREFIX + in.getInt(at + 8);
      boolean record = bytes[at + Frames.PREFIX] == Frames.RECORD;
      places.add(new Place(at, to, next, record));
      next += record ? 1 : 0;
      at = to;
    }
  }

  private static byte[] read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
      channel.read(bytes, 0);
      return bytes.array();
    }
  }

  /** On a disk of its own, as each remembers all that was written to it. */
  private void write(byte[] bytes) throws IOException {
    folder = FaultDisk.empty().path("/audit");
    Files.createDirectory(folder);
    Files.write(file(), bytes);
  }

  private AuditReport verify() {
    return fixture.verify(folder);
  }

  private Place at(int offset) {
    return places.stream().filter(place -> offset < place.to()).findFirst().orElseThrow();
  }

  private List<Place> records() {
    return places.stream().filter(Place::record).toList();
  }

  @Test
  void whenNothingWasChanged_thenNothingIsFound() {
    assertThat(verify().finding()).isEmpty();
    assertThat(verify().last()).isEqualTo(records().size());
  }

  @Test
  void whenABitIsFlippedOrTheFileCut_thenTheFirstBadRecordIsNamed() throws IOException {
    Random random = run.random();
    List<String> faults = new ArrayList<>();
    int blind = 0;
    for (int i = 0; i < run.n(); i++) {
      int offset = random.nextInt(whole.length);
      boolean flip = i % 2 == 0;
      byte[] changed = flip ? whole.clone() : Arrays.copyOf(whole, offset);
      if (flip) {
        changed[offset] ^= (byte) (1 << random.nextInt(8));
        blind += lengthsAreRight(changed) ? 1 : 0;
      }
      write(changed);
      AuditReport report = verify();
      long named = report.finding().map(AuditFinding::sequence).orElse(-1L);
      if (named != at(offset).sequence()) {
        faults.add((flip ? "flip at " : "cut at ") + offset + ": " + report.finding()
            + " instead of " + at(offset));
      }
    }
    System.out.println(run.report(
        faults.size(),
        Map.of("bytes", whole.length, "records", records().size(), "passedWithoutSums", blind)));
    assertThat(faults).isEmpty();
    assertThat(blind).as("flips that a reader without checksums would not see").isPositive();
  }

  /** What a reader would check whose checksums are switched off. */
  private boolean lengthsAreRight(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int at = 0;
    while (at <= bytes.length - Frames.PREFIX) {
      int length = in.getInt(at + 8);
      if (length < 1 || length > bytes.length - at - Frames.PREFIX) {
        return false;
      }
      at += Frames.PREFIX + length;
    }
    return at == bytes.length;
  }

  @Test
  void whenTwoRecordsAreSwapped_thenTheFirstOfThemIsNamed() throws IOException {
    List<Place> records = records();
    for (int i : new int[] {0, 20, records.size() - 2}) {
      write(assembled(records.get(i), records.get(i + 1)));
      AuditFinding finding = verify().finding().orElseThrow();
      assertThat(finding.sequence()).isEqualTo(i + 1);
      assertThat(finding.problem()).isEqualTo(Problem.OUT_OF_ORDER);
    }
  }

  /** The file with two neighbours, or a record and what stands between, in each other's place. */
  private byte[] assembled(Place one, Place other) {
    ByteBuffer out = ByteBuffer.allocate(whole.length);
    out.put(whole, 0, one.from());
    out.put(whole, other.from(), other.to() - other.from());
    out.put(whole, one.to(), other.from() - one.to());
    out.put(whole, one.from(), one.to() - one.from());
    out.put(whole, other.to(), whole.length - other.to());
    return out.array();
  }

  @Test
  void whenARecordIsRepeated_thenThePlaceAfterItIsNamed() throws IOException {
    Place twice = records().get(30);
    ByteBuffer out = ByteBuffer.allocate(whole.length + twice.to() - twice.from());
    out.put(whole, 0, twice.to());
    out.put(whole, twice.from(), whole.length - twice.from());
    write(out.array());
    assertThat(verify().finding().orElseThrow().sequence()).isEqualTo(32);
    assertThat(verify().finding().orElseThrow().problem()).isEqualTo(Problem.OUT_OF_ORDER);
  }

  @Test
  void whenARecordIsLeftOut_thenItsPlaceIsNamed() throws IOException {
    Place out = records().get(30);
    byte[] left = new byte[whole.length - (out.to() - out.from())];
    System.arraycopy(whole, 0, left, 0, out.from());
    System.arraycopy(whole, out.to(), left, out.from(), whole.length - out.to());
    write(left);
    assertThat(verify().finding().orElseThrow().sequence()).isEqualTo(31);
  }

  @Test
  void whenARecordIsForgedWithItsChecksum_thenTheChainShowsIt() throws IOException {
    Place forged = records().get(30);
    write(forged(forged));
    AuditFinding finding = fixture.verifier().verify(folder).finding().orElseThrow();
    assertThat(finding.problem()).isEqualTo(Problem.BROKEN_CHAIN);
    assertThat(finding.sequence()).isEqualTo(31);
  }

  @Test
  void whenTheLastRecordIsForgedWithItsChecksum_thenTheCheckpointShowsIt() throws IOException {
    Place last = records().get(records().size() - 1);
    write(Arrays.copyOf(forged(last), last.to()));
    assertThat(fixture.verifier().verify(folder).clean()).isTrue();
    AuditFinding finding = verify().finding().orElseThrow();
    assertThat(finding.problem()).isEqualTo(Problem.REWRITTEN);
    assertThat(finding.sequence()).isLessThanOrEqualTo(records().size()).isGreaterThan(50);
  }

  /** Another outcome in the record, and the checksum made anew. */
  private byte[] forged(Place place) {
    byte[] bytes = whole.clone();
    int body = place.from() + Frames.PREFIX;
    int hashed = ByteBuffer.wrap(bytes).getInt(body + 1);
    bytes[body + Frames.RECORD_PREFIX + 1 + 8 + 12 + 8 + 32] = (byte) AuditOutcome.DENIED.ordinal();
    int sum = Frames.sum(bytes, place.from() + 8, body, Frames.RECORD_PREFIX + hashed);
    ByteBuffer.wrap(bytes).putInt(place.from() + 12, sum);
    return bytes;
  }

  @Test
  void whenAnOlderCopyIsPutInItsPlace_thenTheCheckpointShowsIt() throws IOException {
    int end = records().get(69).to();
    write(Arrays.copyOf(whole, end));
    assertThat(fixture.verifier().verify(folder).clean()).isTrue();
    AuditFinding finding = verify().finding().orElseThrow();
    assertThat(finding.problem()).isEqualTo(Problem.CUT);
    assertThat(finding.sequence()).isEqualTo(71);
  }

  @Test
  void whenAnotherLogIsPutInItsPlace_thenTheCheckpointShowsIt() throws IOException {
    AuditFixture other = new AuditFixture();
    Path elsewhere = disk.path("/other");
    try (AuditLog log = other.builder(elsewhere).open()) {
      for (int i = 0; i < 60; i++) {
        log.append(AuditFixture.entry(i));
      }
    }
    write(read(elsewhere.resolve(String.valueOf(file().getFileName()))));
    assertThat(fixture.verifier().verify(folder).clean()).isTrue();
    assertThat(verify().finding().orElseThrow().problem()).isEqualTo(Problem.REWRITTEN);
    assertThat(verify().finding().orElseThrow().sequence()).isEqualTo(1);
  }

  @Test
  void whenTheFileIsEmptyOrGoneOrAFolder_thenItIsSaid() throws IOException {
    write(new byte[0]);
    assertThat(verify().finding().orElseThrow().problem()).isEqualTo(Problem.WRONG_FILE);
    Files.delete(file());
    assertThat(verify().finding().orElseThrow().problem()).isEqualTo(Problem.WRONG_FILE);
    Files.createDirectory(file());
    AuditFinding finding = verify().finding().orElseThrow();
    assertThat(finding.problem()).isIn(Problem.UNREADABLE, Problem.WRONG_FILE);
    assertThat(finding.sequence()).isEqualTo(1);
  }

  @Test
  void whenAnOpeningIsZeroedWithoutARecordOfIt_thenItIsNamed() throws IOException {
    Place place = records().get(10);
    byte[] bytes = whole.clone();
    int body = place.from() + Frames.PREFIX;
    int openings = body + Frames.RECORD_PREFIX + ByteBuffer.wrap(bytes).getInt(body + 1);
    Arrays.fill(bytes, openings, place.to(), (byte) 0);
    write(bytes);
    AuditFinding finding = verify().finding().orElseThrow();
    assertThat(finding.problem()).isEqualTo(Problem.UNRECORDED_ERASURE);
    assertThat(finding.sequence()).isEqualTo(11);
    assertThat(finding.file()).isEqualTo("audit-0000000000000000001.log");
    assertThat(finding.offset()).isEqualTo(place.from());
  }

  @Test
  void whenACheckpointInTheLogIsSignedByAnother_thenItIsNamed() {
    AuditReport report = AuditVerifier.of((key, message, signature) -> false).verify(folder);
    assertThat(report.finding().orElseThrow().problem()).isEqualTo(Problem.BAD_CHECKPOINT);
    assertThat(report.finding().orElseThrow().sequence()).isEqualTo(51);
    assertThat(report.checkpoints()).isZero();
  }
}
