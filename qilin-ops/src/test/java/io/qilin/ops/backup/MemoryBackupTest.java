package io.qilin.ops.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.agents.analyst.Preset;
import io.qilin.agents.desk.ResearchDesk;
import io.qilin.agents.desk.Snapshots;
import io.qilin.agents.memory.DecisionMemory;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.record.PublicationTimes;
import io.qilin.data.demo.DemoMarket;
import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory of decisions is backed up while it is open. */
class MemoryBackupTest {
  private static DecisionRecord decided(LocalDate evening) {
    DemoMarket market = DemoMarket.of(60, 1, 42);
    MarketSnapshot snapshot = Snapshots.of(market.bars(), market.securities(), evening)
        .withRecords(
            market.records(evening, PublicationTimes.openingOf(market.calendar().next(evening))));
    return ResearchDesk.standard(Preset.STANDARD)
        .minScore(0)
        .build()
        .run(snapshot, market.calendar())
        .record();
  }

  @Test
  void whenTheMemoryIsOpen_thenTheCopyHasWhatItRemembers(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("memory.jsonl");
    Backups backups = Backups.builder(
            folder.resolve("backups"), SettableClock.at("2026-01-05T09:30:00+08:00"), () -> 0)
        .part(FilePart.of("memory", file, copy -> Files.readAllLines(copy).size() + " lines")
            .wholeLines())
        .rehearsal("opens", restored -> {
          try (DecisionMemory copy = DecisionMemory.open(restored.resolve("memory/memory.jsonl"))) {
            return copy.entries().toString();
          }
        })
        .build();
    try (DecisionMemory memory = DecisionMemory.open(file)) {
      memory.remember(decided(LocalDate.of(2025, 11, 20)));
      assertThat(memory.entries()).isNotEmpty();
      backups.create();
      assertThat(backups.drill(folder.resolve("drill")).rehearsals())
          .containsEntry("opens", memory.entries().toString());
    }
  }
}
