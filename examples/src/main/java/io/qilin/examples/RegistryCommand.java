package io.qilin.examples;

import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.StageMove;
import io.qilin.api.model.StageReason;
import io.qilin.core.report.TextTable;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code registry}: which models there are, which one decisions use, and why. */
@Command(
    name = "registry",
    description = {
      "Lists the models of a store, or the versions and moves of one; promotes a version, or brings the one before it"
          + " back.",
      ""
    },
    footer = {
      "",
      "Example: qilin registry --store models",
      "Example: qilin registry --store models --name daily",
      "Example: qilin registry --store models --promote daily/3 --reason 'better rank IC on 2020'",
      "Example: qilin registry --store models --rollback daily --reason 'scores out of range'"
    })
final class RegistryCommand implements Callable<Integer> {
  private static final int MOST = 1_000;

  private final Terminal terminal;

  @Mixin
  private CommonOptions common = new CommonOptions();

  @Option(
      names = "--store",
      required = true,
      paramLabel = "DIR",
      description = "The folder of experiments and models.")
  private Path store = Path.of("");

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private What what = new What();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; stands in the history.")
  private String reason = "by hand";

  RegistryCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** One thing at a time. */
  private static final class What {
    @Option(names = "--name", paramLabel = "NAME", description = "Shows this model alone.")
    private Optional<String> name = Optional.empty();

    @Option(
        names = "--promote",
        paramLabel = "NAME/VERSION",
        description = "Makes this version the one that decisions use.")
    private Optional<String> promote = Optional.empty();

    @Option(
        names = "--rollback",
        paramLabel = "NAME",
        description = "Brings back the version that was used before.")
    private Optional<String> rollback = Optional.empty();
  }

  @Override
  public Integer call() {
    try (ModelStore kept = ModelStore.existing(store, Clock.systemUTC())) {
      StageReason why = new StageReason(reason, Map.of());
      if (what.promote.isPresent()) {
        tell(kept.registry().move(ModelId.parse(what.promote.get()), ModelStage.PRODUCTION, why));
      } else if (what.rollback.isPresent()) {
        tell(kept.registry().rollback(what.rollback.get(), why));
      } else if (what.name.isPresent()) {
        one(kept, what.name.get());
      } else {
        all(kept);
      }
    }
    return ExitCode.DONE;
  }

  private void tell(ModelVersion version) {
    terminal.say(version.id() + " is now in stage " + version.stage());
  }

  private void all(ModelStore kept) {
    TextTable.Builder table =
        TextTable.builder().column("model").column("versions").column("production");
    for (String name : kept.registry().names()) {
      table.row(
          name,
          Integer.toString(kept.registry().versions(name, MOST).size()),
          kept.registry()
              .production(name)
              .map(version -> Integer.toString(version.id().version()))
              .orElse("none"));
    }
    terminal.out().print(table.build());
    terminal.out().flush();
  }

  private void one(ModelStore kept, String name) {
    TextTable.Builder versions = TextTable.builder()
        .column("version")
        .column("stage")
        .column("kind")
        .column("rank IC")
        .column("registered");
    for (ModelVersion version : kept.registry().versions(name, MOST)) {
      double rankIc = version.draft().metrics().getOrDefault("test.rank_ic", Double.NaN);
      versions.row(
          Integer.toString(version.id().version()),
          version.stage().toString(),
          version.draft().kind(),
          Double.isNaN(rankIc) ? "" : String.format(Locale.ROOT, "%.4f", rankIc),
          version.registered().toString());
    }
    TextTable.Builder moves =
        TextTable.builder().column("when").column("version").column("to").column("why");
    for (StageMove move : kept.registry().history(name, MOST)) {
      moves.row(
          move.at().toString(),
          Integer.toString(move.id().version()),
          move.to().toString(),
          move.reason().text());
    }
    terminal.out().print(versions.build());
    terminal.out().println();
    terminal.out().print(moves.build());
    terminal.out().flush();
  }
}
