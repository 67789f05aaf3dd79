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
