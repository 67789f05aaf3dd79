package io.qilin.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Records as bytes, and back. */
class RecordCodecTest {
  private static final AuditHash PREVIOUS = MerkleProofs.leaf(new byte[] {9});
  private final SecureRandom random = new SecureRandom();

  private RawFrame frame(ByteSink bytes) {
    return new RawFrame(0, Arrays.copyOfRange(bytes.array(), Frames.PREFIX, bytes.size()));
  }

  @Property(tries = 40)
  void whenWritten_thenItReadsBackAndNoTwoAreAlike(
      @ForAll @StringLength(max = 30) String identity,
      @ForAll @StringLength(max = 30) String resource,
      @ForAll AuditOutcome outcome,
      @ForAll @Size(max = 4)
          Map<@StringLength(min = 1, max = 20) String, @StringLength(max = 30) String> attributes,
      @ForAll boolean erasable)
      throws DamagedFrame {
    AuditEntry.Builder builder =
        AuditEntry.builder(identity, "a", resource, outcome).correlationId("c");
    attributes.forEach((name, value) -> {
      if (!Utf8.broken(name)) {
        builder.attribute(name, value);
      }
    });
    AuditEntry entry = builder.build();
    ByteSink bytes = new ByteSink();
    RecordPlace place = new RecordPlace(7, Instant.ofEpochSecond(5, 6), 3, PREVIOUS);
    Set<String> names = erasable ? Set.of("identity", "resource") : Set.of();
    AuditHash hash = new RecordCodec().write(bytes, 1, place, entry, names, random);
    StoredRecord read = new RecordCodec().read(frame(bytes));
    assertThat(read.record())
        .isEqualTo(new AuditRecord(7, Instant.ofEpochSecond(5, 6), entry, PREVIOUS, hash));
    assertThat(read.durable()).isEqualTo(3);
    assertThat(read.slots()).hasSize(names.size());
  }

  /** Otherwise whoever holds the log could find out an erased value by trying. */
  @Test
  void whenTheSameValueIsKeptErasableTwice_thenNothingShowsThatItIsTheSame() {
    RecordPlace place = new RecordPlace(7, Instant.EPOCH, 3, PREVIOUS);
    AuditEntry entry = AuditFixture.entry(1);

    assertThat(written(place, entry, Set.of("identity")))
        .isNotEqualTo(written(place, entry, Set.of("identity")));
    assertThat(written(place, entry, Set.of())).isEqualTo(written(place, entry, Set.of()));
  }

  private AuditHash written(RecordPlace place, AuditEntry entry, Set<String> erasable) {
    return new RecordCodec().write(new ByteSink(), 1, place, entry, erasable, random);
  }

  @Test
  void whenALengthOrABodyIsAnother_thenTheSumIsAnother() {
    byte[] bytes = {0, 0, 0, 2, 5, 6};
    int sum = Frames.sum(bytes, 0, 4, 2);
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      assertThat(Frames.sum(changed, 0, 4, 2)).isNotEqualTo(sum);
    }
  }

  @Test
  void whenABodyContradictsItself_thenNothingOfItIsCovered() {
    assertThat(covered()).isEqualTo(-1);
    assertThat(covered(Frames.CHECKPOINT)).isEqualTo(1);
    assertThat(covered(Frames.CHECKPOINT, 1, 2, 3)).isEqualTo(4);
    assertThat(covered(Frames.RECORD, 0, 0, 0)).isEqualTo(-1);
    assertThat(covered(Frames.RECORD, 0, 0, 0, 0)).isEqualTo(5);
    assertThat(covered(Frames.RECORD, 0, 0, 0, 1)).isEqualTo(-1);
    assertThat(covered(Frames.RECORD, 0, 0, 0, 1, 9, 9)).isEqualTo(6);
    assertThat(covered(Frames.RECORD, 0, 0, 0, 2, 9, 9)).isEqualTo(7);
    assertThat(covered(Frames.RECORD, 0, 0, 0, 3, 9, 9)).isEqualTo(-1);
    assertThat(covered(Frames.RECORD, -1, 0, 0, 0, 9, 9)).isEqualTo(-1);
  }

  private static int covered(int... body) {
    ByteBuffer bytes = ByteBuffer.allocate(body.length + 3);
    bytes.position(3);
    for (int one : body) {
      bytes.put((byte) one);
    }
    return Frames.covered(bytes.position(3));
  }

  @Property(tries = 100)
  void whenBytesOfTheHashedPartAreOthers_thenTheyAreRefusedOrAnotherRecord(@ForAll long seed)
      throws DamagedFrame {
    Random draw = new Random(seed);
    ByteSink bytes = new ByteSink();
    RecordPlace place = new RecordPlace(7, Instant.EPOCH, 3, PREVIOUS);
    AuditHash hash = new RecordCodec()
        .write(bytes, 1, place, AuditFixture.entry(1), Set.of("attributes.note"), random);
    byte[] body = frame(bytes).body();
    int hashed = ByteBuffer.wrap(body).getInt(1);
    body[5 + draw.nextInt(hashed)] ^= (byte) (1 + draw.nextInt(255));
    try {
      assertThat(new RecordCodec().read(new RawFrame(0, body)).record().hash()).isNotEqualTo(hash);
    } catch (DamagedFrame e) {
      assertThat(e.problem()).isEqualTo(AuditFinding.Problem.DAMAGED);
    }
  }

  @Property(tries = 100)
  void whenTheBytesAreAnything_thenTheyAreRefusedAsDamaged(@ForAll byte[] anything) {
    byte[] body = Arrays.copyOf(anything, anything.length + Frames.RECORD_PREFIX);
    System.arraycopy(anything, 0, body, Frames.RECORD_PREFIX, anything.length);
    ByteBuffer.wrap(body).put(Frames.RECORD).putInt(anything.length);
    assertThatThrownBy(() -> new RecordCodec().read(new RawFrame(0, body)))
        .isInstanceOf(DamagedFrame.class);
    assertThatThrownBy(() -> SegmentHeader.read(new RawFrame(0, body)))
        .isInstanceOf(DamagedFrame.class);
    assertThatThrownBy(() -> LogScan.LoggedCheckpoint.read(new RawFrame(0, body)))
        .isInstanceOf(DamagedFrame.class);
  }

  @Property(tries = 20)
  void whenAHeaderIsWritten_thenItReadsBackAndHasTheSizeThatIsExpected(@ForAll boolean large)
      throws DamagedFrame {
    long before = large ? 0b1011 : 0;
    List<AuditHash> roots = large ? List.of(PREVIOUS, PREVIOUS, PREVIOUS) : List.of();
    SegmentHeader header =
        new SegmentHeader("0a".repeat(16), 77, before + 1, PREVIOUS, Instant.EPOCH, roots);
    ByteSink bytes = new ByteSink();
    header.write(bytes);
    assertThat(bytes.size()).isEqualTo(SegmentHeader.frameBytes(before));
    assertThat(SegmentHeader.read(frame(bytes))).isEqualTo(header);
  }
}
