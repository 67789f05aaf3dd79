package io.qilin.data.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.Tick;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import io.qilin.data.record.RecordStore;
import io.qilin.testkit.FaultySource;
import io.qilin.testkit.FaultySource.Fault;
import io.qilin.testkit.SampleRecords;
import io.qilin.testkit.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of records in files. */
class RecordCopiesTest {
  private static final Provenance SOURCE = new Provenance("vendor", "a 'feed'", true);

  private final SettableClock clock = SettableClock.at(Chains.NOW);
  private final List<ChainEvent> events = new ArrayList<>();
  private final FaultySource source = new FaultySource(
      RecordStore.of(SOURCE, SampleRecords.all(SOURCE)), Duration.ZERO, length -> {});

  private SourceChain chain(Path folder) {
    return SourceChain.builder(Runnable::run, clock, new AtomicLong()::get)
        .member("s0", source, Chains.ALL)
        .listener(events::add)
        .lastGood(CopySettings.DEFAULT.withFolder(folder))
        .build();
  }

  private static List<Class<? extends MarketRecord>> kinds() {
    return Arrays.stream(DataCapability.values())
        .flatMap(kind -> kind.recordType().stream())
        .toList();
  }

  @Test
  void whenTheProcessEnds_thenCopiesOfEveryKindStandAndSayThatTheyAreStale(@TempDir Path folder) {
    Instant fetched = clock.instant();
    SourceChain before = chain(folder);
    List<Records<?>> good = new ArrayList<>();
    kinds().forEach(kind -> good.add(before.records(RecordQuery.of(kind, fetched))));
    source.then(Fault.FAIL);
    clock.advance(Duration.ofHours(2));
    SourceChain after = chain(folder);

    for (int k = 0; k < good.size(); k++) {
      Served<? extends Records<?>> copy =
          after.fetchRecords(RecordQuery.of(kinds().get(k), fetched));
      assertThat(copy.staleAge()).contains(Duration.ofHours(2));
      assertThat(copy.value().rows()).isNotEmpty().isEqualTo(good.get(k).rows());
      assertThat(copy.value().provenance()).isEqualTo(SOURCE.asCopyOf(fetched));
      assertThat(copy.value().findings())
          .singleElement()
          .satisfies(finding -> assertThat(finding.rule()).isEqualTo("stale-copy"));
    }
    assertThat(good).hasSize(14);
    assertThat(after.health().copyFailures()).isZero();
  }

  @Test
  void whenNothingAnswered_thenTheCopyIsThatThereWasNothing(@TempDir Path folder) {
    RecordQuery<Tick> query = RecordQuery.of(Tick.class, Instant.parse("2001-01-01T00:00:00Z"));
    assertThat(chain(folder).records(query).rows()).isEmpty();
    source.then(Fault.FAIL);

    assertThat(chain(folder).fetchRecords(query).stale()).isTrue();
  }

  @Test
  void whenAFileHoldsAnotherKindThanItsKeySays_thenItDoesNotStand(@TempDir Path folder) {
    CopyFiles files = new CopyFiles(folder, 1 << 20, events::add);
    files.write("s0|records|NewsItem|||", sample(Tick.class));
    source.then(Fault.FAIL);

    assertThatThrownBy(() -> chain(folder).records(RecordQuery.of(NewsItem.class, clock.instant())))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("no copy that could stand for them");
    files.write("s0|records|Tick|||", sample(Tick.class));
    assertThat(
            chain(folder).records(RecordQuery.of(Tick.class, clock.instant())).rows())
        .as("the key is right")
        .isNotEmpty();
  }

  @Test
  void whenThereAreTooManyRecordsForAFile_thenNoneIsWrittenAndItIsTold(@TempDir Path folder) {
    Tick tick = (Tick) sample(Tick.class).value().rows().get(0);
    List<Tick> many = Collections.nCopies(1_000_001, tick);
    CopyFiles files = new CopyFiles(folder, 1 << 20, events::add);
    files.write(
        "key",
        new Kept<>(new Records<>(many, SOURCE, List.of()), "s0", clock.instant(), clock.instant()));

    assertThat(folder).isEmptyDirectory();
    assertThat(events)
        .singleElement()
        .asString()
        .contains("1000001 records are more than a copy in a file may hold");
  }

  @Test
  void whenTheChecksumAgreesWithNonsense_thenItIsATypedError() {
    SplittableRandom random = new SplittableRandom(11);
    for (Class<? extends MarketRecord> kind : kinds()) {
      byte[] whole = bytes(sample(kind));
      for (int k = 0; k < 300; k++) {
        byte[] mutant = whole.clone();
        for (int flips = 0; flips <= k % 3; flips++) {
          mutant[random.nextInt(mutant.length - 4)] = (byte) random.nextInt(256);
        }
        CRC32C sum = new CRC32C();
        sum.update(mutant, 0, mutant.length - 4);
        ByteBuffer.wrap(mutant).putInt(mutant.length - 4, (int) sum.getValue());
        try {
          assertThat(CopyFormat.read(mutant, "key").value()).isInstanceOf(Records.class);
        } catch (QilinException e) {
          assertThat(e.code())
              .isIn(ErrorCode.DATA_FORMAT, ErrorCode.INVALID_ARGUMENT, ErrorCode.LIMIT_EXCEEDED);
        }
      }
    }
  }

  private <R extends MarketRecord> Kept<Records<?>> sample(Class<R> kind) {
    Instant now = clock.instant();
    List<? extends MarketRecord> rows = RecordStore.of(SOURCE, SampleRecords.all(SOURCE))
        .records(RecordQuery.of(kind, now))
        .rows();
    return new Kept<>(new Records<>(rows, SOURCE, List.of()), "s0", now, now);
  }

  private static byte[] bytes(Kept<?> kept) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      CopyFormat.write("key", kept, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }
}
