package io.qilin.examples;

import io.qilin.api.error.QilinException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * The command line: {@code java -jar qilin.jar COMMAND}. Data goes to the standard output or to files, messages and
 * progress to the error stream, both in UTF-8. Exit codes: 0 done, 2 wrong usage, 3 bad data or another named error, 4
 * findings above the policy. A failure is one line that begins with its code; {@code --debug} adds the stack trace.
 */
@Command(
    name = "qilin",
    description =
        "Reads daily bars of China A-shares, judges them, computes factors, and recommends.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Example: java -jar qilin.jar demo",
      "Every command explains itself: qilin COMMAND --help"
    })
public final class Qilin {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Explains the command and ends.")
  private boolean help;

  private Qilin() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
    System.exit(run(new Terminal(out, err, Terminal.watched()), args));
  }

  /**
   * Runs one command in this process.
   *
   * @param out takes the data
   * @param err takes messages
   * @param args the command and its options
   * @return the exit code
   */
  public static int run(PrintStream out, PrintStream err, String... args) {
    return run(new Terminal(out, err, false), args);
  }

  private static int run(Terminal terminal, String... args) {
    Failures failures = new Failures(terminal);
    boolean debug = Arrays.asList(args).contains("--debug");
    int code;
    try {
      code = commandLine(terminal, failures, debug, args).execute(args);
      terminal.out().flush();
      if (code == ExitCode.DONE && terminal.out().checkError()) {
        terminal.say("QILIN-5004 the standard output could not be written");
        code = ExitCode.ERROR;
      }
    } catch (Throwable e) {
      code = failures.failed(e, debug);
    }
    terminal.out().flush();
    terminal.err().flush();
    return code;
  }

  private static CommandLine commandLine(
      Terminal terminal, Failures failures, boolean debug, String... args) {
    CommandLine line = new CommandLine(new Qilin());
    commands(terminal, args).forEach(line::addSubcommand);
    return line.registerConverter(Path.class, Qilin::path)
        .setExpandAtFiles(false)
        .setInterpolateVariables(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setUsageHelpWidth(100)
        .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((e, given) -> failures.usage(e))
        .setExecutionExceptionHandler((e, command, result) -> rethrowUsage(e, failures, debug))
        .setExecutionStrategy(Qilin::execute);
  }

  /** The command that is asked for, or all of them: to look at a command's options costs time at every start. */
  private static List<Object> commands(Terminal terminal, String... args) {
    return switch (args.length == 0 ? "" : args[0]) {
      case "audit-verify" -> List.of(new AuditVerifyCommand(terminal));
      case "backtest" -> List.of(new BacktestCommand(terminal));
      case "backup" -> List.of(new BackupCommand(terminal));
      case "bench" -> List.of(new BenchCommand(terminal));
      case "config" -> List.of(ConfigCommand.of(terminal));
      case "convert" -> List.of(new ConvertCommand(terminal));
      case "demo" -> List.of(new DemoCommand(terminal));
      case "factors" -> List.of(new FactorsCommand(terminal));
      case "lineage" -> List.of(new LineageCommand(terminal));
      case "orders" -> List.of(new OrdersCommand(terminal));
      case "pii" -> List.of(new PiiCommand(terminal));
      case "quality" -> List.of(new QualityCommand(terminal));
      case "recommend" -> List.of(new RecommendCommand(terminal));
      case "registry" -> List.of(new RegistryCommand(terminal));
      case "replay" -> List.of(new ReplayCommand(terminal));
      case "screen" -> List.of(new ScreenCommand(terminal));
      case "serve-check" -> List.of(new ServeCheckCommand(terminal));
      case "study" -> List.of(new StudyCommand(terminal));
      case "workflow" -> List.of(new WorkflowCommand(terminal));
      default ->
        List.of(
            new DemoCommand(terminal),
            new FactorsCommand(terminal),
            new QualityCommand(terminal),
            new ConvertCommand(terminal),
            new RecommendCommand(terminal),
            new ReplayCommand(terminal),
            new LineageCommand(terminal),
            new BenchCommand(terminal),
            new StudyCommand(terminal),
            new BacktestCommand(terminal),
            new OrdersCommand(terminal),
            new WorkflowCommand(terminal),
            new RegistryCommand(terminal),
            new ServeCheckCommand(terminal),
            new ScreenCommand(terminal),
            new PiiCommand(terminal),
            new AuditVerifyCommand(terminal),
            new BackupCommand(terminal),
            ConfigCommand.of(terminal));
    };
  }

  /** An empty path would mean the current folder, which nobody who types it wants. */
  private static Path path(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("a path is empty");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("not a path of this system: " + QilinException.quote(text));
    }
  }

  private static int execute(CommandLine.ParseResult result) {
    if (!result.hasSubcommand() && !result.isUsageHelpRequested()) {
      throw new ParameterException(result.commandSpec().commandLine(), "which command?");
    }
    return new CommandLine.RunLast().execute(result);
  }

  private static int rethrowUsage(Exception e, Failures failures, boolean debug) {
    return e instanceof ParameterException wrong
        ? failures.usage(wrong)
        : failures.failed(e, debug);
  }
}
