package io.qilin.testkit.fault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that is killed while it works, for tests of what must last. Its main method does something, and prints one line that
 * begins with {@value #ACK} when that was acknowledged:
 *
 * <pre>{@code
 * public static void main(String[] arguments) {
 *   Store store = Store.open(Path.of(arguments[0]));
 *   for (int i = 0; ; i++) {
 *     store.put(i);
 *     System.out.println("ack " + i);
 *   }
 * }
 * }</pre>
 *
 * The test starts it and keeps what was acknowledged; the store is not asked what it should hold:
 *
 * <pre>{@code
 * List<String> acks = KilledChild.of(ChildMain.class, folder, folder.resolve("store").toString()).killed(100);
 * }</pre>
 *
 * <p>What the child prints goes into a file, which has all that was printed, however it ended. It ends with the JVM of the test,
 * even if that is killed. Not thread-safe.
 */
public final class KilledChild {
  /** What a line that acknowledges begins with. */
  public static final String ACK = "ack ";

  private static final int POLL_MILLIS = 2;
  private static final int MOST_SECONDS = 180;

  private final List<String> command;
  private final Path said;
  private final Path errors;

  private KilledChild(List<String> command, Path folder) {
    this.command = command;
    this.said = folder.resolve("child.out");
    this.errors = folder.resolve("child.err");
  }

  /**
   * A JVM with the class path of this one, and 128 MB.
   *
   * @param main what runs, without end
   * @param folder takes what it prints; not the folder that is tested
   * @param arguments of its main method
   */
  public static KilledChild of(Class<?> main, Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
        "-Xmx128m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto",
        "-cp",
        System.getProperty("java.class.path", ""),
        TiedMain.class.getName(),
        main.getName()));
    command.addAll(List.of(arguments));
    return new KilledChild(command, folder);
  }

  /** The same, started through another program, for example {@code prlimit --fsize=1000000}. */
  public KilledChild through(String... program) {
    command.addAll(0, List.of(program));
    return this;
  }

  /**
   * Starts it, kills it (SIGKILL) and gives the whole lines that it has printed; a last line that the kill cut is left out.
   *
   * @param millis how long it lives after its first acknowledgement
   * @throws AssertionError if it acknowledges nothing for three minutes, or ends by itself
   * @throws QilinException IO if it cannot be started, CANCELLED if the thread is interrupted
   */
  public List<String> killed(int millis) {
    Process child = start();
    try {
      long polls = TimeUnit.SECONDS.toMillis(MOST_SECONDS) / POLL_MILLIS;
      while (child.isAlive() && polls > 0 && !acknowledged()) {
        child.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        polls--;
      }
      boolean ended = child.waitFor(millis, TimeUnit.MILLISECONDS);
      child.destroyForcibly();
      child.waitFor();
      if (ended || !acknowledged()) {
        throw new AssertionError("the child " + (ended ? "ended by itself" : "acknowledged nothing")
            + "; it said: " + Files.readString(said) + Files.readString(errors));
      }
      return lines();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(ErrorCode.CANCELLED, "interrupted beside the child", e);
    } catch (IOException e) {
      throw failed(e);
    } finally {
      child.destroyForcibly();
    }
  }

  /**
   * Starts it, waits until it ends by itself and gives what it printed.
   *
   * @throws AssertionError if it does not end well within three minutes
   * @throws QilinException IO if it cannot be started, CANCELLED if the thread is interrupted
   */
  public List<String> ended() {
    Process child = start();
    try {
      boolean ended = child.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
      if (!ended || child.exitValue() != 0) {
        throw new AssertionError("the child did not end well; it said: " + Files.readString(said)
            + Files.readString(errors));
      }
      return lines();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(ErrorCode.CANCELLED, "interrupted beside the child", e);
    } catch (IOException e) {
      throw failed(e);
    } finally {
      child.destroyForcibly();
    }
  }

  private Process start() {
    try {
      return new ProcessBuilder(command)
          .redirectOutput(said.toFile())
          .redirectError(errors.toFile())
          .start();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private boolean acknowledged() throws IOException {
    return lines().stream().anyMatch(line -> line.startsWith(ACK));
  }

  private List<String> lines() throws IOException {
    String text = Files.readString(said, StandardCharsets.UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private static QilinException failed(IOException e) {
    return new QilinException(ErrorCode.IO, "no child process: " + e.getMessage(), e);
  }
}
