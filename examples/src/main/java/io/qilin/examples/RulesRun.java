package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.calendar.AShareCalendar;
import io.qilin.data.quality.table.JudgeOptions;
import io.qilin.data.quality.table.RuleOutcome;
import io.qilin.data.quality.table.TableJudge;
import io.qilin.data.quality.table.TableReport;
import io.qilin.data.quality.table.TableReportJson;
import io.qilin.data.quality.table.TableReportPage;
import io.qilin.data.quality.table.TableRules;
import io.qilin.data.table.TableFormats;
import io.qilin.data.table.TableReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Judges one table by the rules of a file. */
final class RulesRun {
  private static final long LONGEST = 1 << 20;
  private static final int FINDINGS = 10;

  private final Terminal terminal;
  private final Path rules;
  private final Path table;
  private final Optional<Instant> asOf;
  private final Optional<Path> folder;

  RulesRun(
      Terminal terminal, Path rules, Path table, Optional<Instant> asOf, Optional<Path> folder) {
    this.terminal = terminal;
    this.rules = rules;
    this.table = table;
    this.asOf = asOf;
    this.folder = folder;
  }

  /**
   * Prints the report; exit code 4 if a rule of severity error or critical is broken, or no rule found anything to judge,
   * unless data is only marked.
   */
  int call(boolean markOnly) {
    TableRules wanted = TableRules.parse(read(rules));
    JudgeOptions.Builder options = JudgeOptions.builder().calendar(AShareCalendar.load());
    asOf.ifPresent(options::now);
    TableJudge judge = TableJudge.of(wanted, options.build(), Clock.systemUTC());
    TableReport report;
    String name = String.valueOf(table.getFileName());
    try (TableReader reader = TableFormats.discover().of(table).open(table, wanted.scan())) {
      report = judge.judge(name, reader);
    }
    terminal.out().print(TableReportJson.pretty(report) + "\n");
    terminal.err().print(TableReportPage.text(report, FINDINGS));
    folder.ifPresent(into -> write(into, name, report));
    boolean judged = report.outcomes().stream().anyMatch(RuleOutcome::applied);
    if (!judged) {
      terminal.say("no rule found anything to judge, so nothing is known of this table");
    }
    return (report.passed() && judged) || markOnly ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw new QilinException(
            ErrorCode.LIMIT_EXCEEDED,
            "the file of rules " + shown(file) + " is larger than " + LONGEST + " bytes");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT, "the file of rules " + shown(file) + " is not UTF-8", e);
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, "cannot read the file of rules " + shown(file), e);
    }
  }

  private static void write(Path into, String name, TableReport report) {
    try {
      Files.createDirectories(into);
      Files.writeString(
          into.resolve("quality.html"), TableReportPage.html("Quality of " + name, report));
      Files.writeString(into.resolve("quality.json"), TableReportJson.pretty(report) + "\n");
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, "cannot write the report into " + shown(into), e);
    }
  }

  private static String shown(Path path) {
    return QilinException.quote(path.toString());
  }
}
