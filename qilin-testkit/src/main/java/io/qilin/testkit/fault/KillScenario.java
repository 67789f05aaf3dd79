package io.qilin.testkit.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Kills a process again and again and checks after each kill what it left. A test prints {@link #report} and requires that {@link
 * #faults} is empty, or, for a planted fault, that it is not.
 *
 * @param report one line of JSON
 * @param faults what the checks found, with the number of the kill
 * @param acknowledged how many lines began with {@value KilledChild#ACK}
 */
public record KillScenario(String report, List<String> faults, long acknowledged) {
  private static final int LONGEST_MILLIS = 250;

  /** Copies the list. */
  public KillScenario {
    faults = List.copyOf(faults);
  }

  /** Makes the child of a kill. */
  @FunctionalInterface
  public interface Start {
    /** The child of the kill, from 0. */
    KilledChild child(int kill);
  }

  /** Looks at what is left after a kill. */
  @FunctionalInterface
  public interface Check {
    /**
     * Throws an {@link AssertionError} or a {@link io.qilin.api.error.QilinException} if something acknowledged is not there, or
     * what is there is not whole.
     *
     * @param kill its number, from 0
     * @param lines what this child printed, whole lines
     */
    void after(int kill, List<String> lines);
  }

  /** Kills {@link FaultRun#n} children, each at a moment up to 250 ms after its first acknowledgement. */
  public static KillScenario run(FaultRun run, Start start, Check check) {
    Random random = run.random();
    List<String> faults = new ArrayList<>();
    long acknowledged = 0;
    for (int kill = 0; kill < run.n(); kill++) {
      List<String> lines = start.child(kill).killed(random.nextInt(LONGEST_MILLIS));
      acknowledged +=
          lines.stream().filter(line -> line.startsWith(KilledChild.ACK)).count();
      try {
        check.after(kill, lines);
      } catch (AssertionError | io.qilin.api.error.QilinException e) {
        faults.add("kill " + kill + ": " + e.getMessage());
      }
    }
    return new KillScenario(
        run.report(faults.size(), Map.of("acknowledged", acknowledged, "kills", run.n())),
        faults,
        acknowledged);
  }
}
