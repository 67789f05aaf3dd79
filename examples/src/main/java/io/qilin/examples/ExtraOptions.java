package io.qilin.examples;

import io.qilin.agents.desk.SnapshotQuery;
import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.CorporateActionNotice;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.record.StatusNotice;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.RecordQuery;
import io.qilin.data.record.RecordFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What is known besides bars: a folder of record files. */
final class ExtraOptions {
  @Option(
      names = "--extra",
      paramLabel = "DIR",
      description =
          "A folder of record files: status-notices.jsonl or .csv (boards, ST) and corporate-actions.jsonl or .csv"
              + " are read, each if it is there; 'recommend' and 'replay' read every kind of record. What became public"
              + " after a decision does not count for it.")
  private Optional<Path> folder = Optional.empty();

  /** Whether there is a folder. */
  boolean isGiven() {
    return folder.isPresent();
  }

  /** Whether it is known which shares carry a risk warning. */
  boolean knowsStatus() {
    return folder
        .map(path -> {
          try (RecordFiles files = RecordFiles.builder(path).open()) {
            return files.capabilities().contains(DataCapability.SECURITIES);
          }
        })
        .orElse(false);
  }

  /** What the shares are, as announced until the end of a day. */
  Map<Symbol, SecurityTimeline> securities(LocalDate day) {
    return StatusNotice.timelines(known(StatusNotice.class, day));
  }

  /** Every announcement of what the shares are until the end of a day, each with its moment. */
  List<StatusNotice> statusNotices(LocalDate day) {
    return known(StatusNotice.class, day);
  }

  /** Every announcement of dividends, bonus shares and rights until the end of a day, each with its moment. */
  List<CorporateActionNotice> actionNotices(LocalDate day) {
    return known(CorporateActionNotice.class, day);
  }

  /** Every record that was public at a moment; none without a folder. */
  SnapshotRecords records(Instant asOf) {
    if (folder.isEmpty()) {
      return SnapshotRecords.none(asOf);
    }
    try (RecordFiles files = RecordFiles.builder(folder.get()).open()) {
      Set<DataCapability> kinds = files.capabilities().stream()
          .filter(kind -> kind.recordType().isPresent())
          .collect(Collectors.toSet());
      return new SnapshotQuery(kinds, asOf).read(files);
    }
  }

  private <R extends MarketRecord> List<R> known(Class<R> type, LocalDate day) {
    if (folder.isEmpty()) {
      return List.of();
    }
    try (RecordFiles files = RecordFiles.builder(folder.get()).open()) {
      return files.capabilities().contains(DataCapability.of(type))
          ? files
              .records(RecordQuery.of(type, PublicationTimes.startOf(day.plusDays(1))))
              .rows()
          : List.of();
    }
  }
}
