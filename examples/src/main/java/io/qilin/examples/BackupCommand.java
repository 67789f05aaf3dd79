package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.report.TextTable;
import io.qilin.ops.backup.BackedPart;
import io.qilin.ops.backup.Backup;
import io.qilin.ops.backup.BackupFinding;
import io.qilin.ops.backup.BackupList;
import io.qilin.ops.backup.BackupPart;
import io.qilin.ops.backup.BackupReport;
import io.qilin.ops.backup.Backups;
import io.qilin.ops.backup.DrillReport;
import io.qilin.ops.backup.Retention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backup}: copies stores while they are used, checks the copies, and brings them back. */
@Command(
    name = "backup",
    description = {
      "Copies stores of models, audit logs and decision records while they are used, into a folder of its own for each"
          + " backup; lists and verifies them, restores one into a new folder, or rehearses that.",
      "",
      "verify reads every file; exit code 4 if anything has changed. restore never writes over what is there. drill"
          + " restores, opens the stores, and removes them again; its age is what would be lost now.",
      ""
    },
    footer = {
      "",
      "Example: qilin backup create --store models --audit audit --to backups --keep 14",
      "Example: qilin backup list --from backups",
      "Example: qilin backup verify --from backups",
      "Example: qilin backup restore --from backups --to restored",
      "Example: qilin backup drill --from backups --to drill"
    })
final class BackupCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private CommonOptions common = new CommonOptions();

  /** What to do. */
  private enum Action {
    CREATE,
    LIST,
    VERIFY,
    RESTORE,
    DRILL
  }

  @Parameters(
      index = "0",
      paramLabel = "ACTION",
      description = "One of create, list, verify, restore, drill.")
  private Action action = Action.LIST;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description = "A folder of experiments and models, for create.")
  private Optional<Path> store = Optional.empty();

  @Option(
      names = "--audit",
      paramLabel = "DIR",
      description = "The folder of an audit log, for create.")
  private Optional<Path> audit = Optional.empty();

  @Option(
      names = "--records",
      paramLabel = "DIR",
      description = "A folder of decision records, for create.")
  private Optional<Path> records = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "The folder of the backups, for all but create.")
  private Optional<Path> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "The folder of the backups for create; a new folder for restore and drill.")
  private Optional<Path> to = Optional.empty();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Which backup; the newest unless given.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--keep",
      paramLabel = "N",
      description = "Removes all but the last N after create; keeps all unless given.")
  private Optional<Integer> keep = Optional.empty();

  BackupCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return switch (action) {
      case CREATE -> create();
      case LIST -> list();
      case VERIFY -> verify();
      case RESTORE -> restore();
      case DRILL -> drill();
    };
  }

  private Path needed(Optional<Path> path, String option) {
    return path.orElseThrow(() -> new ParameterException(
        spec.commandLine(), action.name().toLowerCase(Locale.ROOT) + " needs " + option));
  }

  private int create() {
    List<BackupPart> parts = new ArrayList<>();
    audit.map(folder -> there(folder, "--audit")).map(StoreParts::audit).ifPresent(parts::add);
    store.map(folder -> there(folder, "--store")).map(StoreParts::models).ifPresent(parts::add);
    records
        .map(folder -> there(folder, "--records"))
        .map(StoreParts::records)
        .ifPresent(parts::add);
    if (parts.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "create needs one of --store, --audit and --records");
    }
    Backups backups = backups(needed(to, "--to"), parts);
    Backup made = backups.create();
    terminal.out().println(made.name());
    made.parts().forEach(part -> terminal.say(part.name() + ": " + part.said()));
    keep.ifPresent(last -> backups
        .retain(new Retention(last, 0, 0))
        .removed()
        .forEach(gone -> terminal.say("removed " + gone)));
    return ExitCode.DONE;
  }

  private static Path there(Path folder, String option) {
    if (!Files.isDirectory(folder)) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "there is no folder " + QilinException.quote(folder.toString()) + " for " + option);
    }
    return folder;
  }

  private static Backups backups(Path root, List<BackupPart> parts) {
    Backups.Builder builder = Backups.builder(root, Clock.systemUTC(), System::nanoTime);
    parts.forEach(builder::part);
    return builder.rehearsal("registry", StoreParts::openModels).build();
  }

  /** Backups that are only read: where the stores were does not matter. */
  private Backups existing() {
    Path root = there(needed(from, "--from"), "--from");
    Path nowhere = Path.of("");
    return backups(
        root,
        List.of(
            StoreParts.audit(nowhere), StoreParts.models(nowhere), StoreParts.records(nowhere)));
  }

  private Backup chosen(Backups backups) {
    return name.map(backups::named)
        .or(backups::newest)
        .orElseThrow(() -> new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            "there is no backup in " + QilinException.quote(backups.root().toString())));
  }

  private int list() {
    BackupList all = existing().list();
    TextTable.Builder table = TextTable.builder()
        .column("backup")
        .column("began")
        .column("part")
        .column("files")
        .column("bytes");
    for (Backup backup : all.backups()) {
      for (BackedPart part : backup.parts()) {
        table.row(
            backup.name(),
            backup.began().toString(),
            part.name(),
            Integer.toString(part.files()),
            Long.toString(part.bytes()));
      }
    }
    terminal.out().print(table.build());
    tell(all.unreadable());
    return all.unreadable().isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private void tell(Map<String, String> unreadable) {
    unreadable.forEach((folder, why) -> terminal.say("cannot be read: " + folder + ": " + why));
  }

  private int verify() {
    Backups backups = existing();
    // The newest may be one of which not even the manifest can be read.
    Map<String, String> unreadable = new TreeMap<>(backups.list().unreadable());
    name.ifPresent(one -> unreadable.keySet().retainAll(Set.of(one)));
    tell(unreadable);
    if (!unreadable.isEmpty() && (name.isPresent() || backups.newest().isEmpty())) {
      return ExitCode.FINDINGS;
    }
    BackupReport report = backups.verify(chosen(backups));
    report.parts().forEach((part, said) -> terminal.out().println(part + ": " + said));
    for (BackupFinding finding : report.findings()) {
      terminal.out().println(finding);
    }
    terminal.say(report.name() + (report.clean() ? " is whole" : " is not whole"));
    return report.clean() && unreadable.isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private int restore() {
    Backups backups = existing();
    Path target = needed(to, "--to");
    BackupReport report = backups.restore(chosen(backups), target);
    report.parts().forEach((part, said) -> terminal.out().println(part + ": " + said));
    terminal.say("restored " + report.name() + " into " + target);
    return ExitCode.DONE;
  }

  private int drill() {
    Backups backups = existing();
    DrillReport report = backups.drill(chosen(backups), needed(to, "--to"));
    report.parts().forEach((part, said) -> terminal.out().println(part + ": " + said));
    report.rehearsals().forEach((one, said) -> terminal.out().println(one + ": " + said));
    terminal.say(report.backup().name() + " was restored and opened in "
        + report.duration().toMillis() + " ms; it is " + report.age().toSeconds()
        + " s old, what came after it would be lost");
    return ExitCode.DONE;
  }
}
