package io.qilin.mlops.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.testkit.fault.FaultRun;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scenario F1 for jobs: a process that submits and runs jobs is killed with SIGKILL, again and again on one store. */
@Timeout(120)
class JobCrashTest {
  private static final FaultRun RUN = FaultRun.of("F1-jobs", 2);

  @Test
  void whenAProcessIsKilled_thenNoJobIsForgottenAndNoneRunsTwiceAtOnce(@TempDir Path folder)
      throws Exception {
    Random random = RUN.random();
    Set<String> acknowledged = new TreeSet<>();
    for (int i = 0; i < RUN.n(); i++) {
      List<String> said = killedAfter(folder, 20 + random.nextInt(40));
      assertThat(said).noneMatch(line -> line.startsWith("TWICE"));
      said.stream()
          .filter(line -> line.startsWith("Q "))
          .forEach(line -> acknowledged.add(line.substring(2)));
      requireAllThere(folder, acknowledged);
    }
    System.out.println(RUN.report(0, Map.of("acknowledged", acknowledged.size())));
  }

  /** Kills the process once it has submitted so many jobs and has run some. */
  private static List<String> killedAfter(Path folder, int submitted) throws Exception {
    Process child = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            JobCrashChild.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    List<String> said = new java.util.ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      boolean ran = false;
      int queued = 0;
      while (queued < submitted || !ran) {
        String line = lines.readLine();
        assertThat(line).as("the child ended by itself after %s", said).isNotNull();
        said.add(line);
        queued += line.startsWith("Q ") ? 1 : 0;
        ran |= line.startsWith("S ");
      }
      // Process.destroyForcibly would close the stream before it is read to its end.
      child.toHandle().destroyForcibly();
      lines.lines().filter(line -> line.matches("[QS] \\d+|TWICE.*")).forEach(said::add);
      child.waitFor();
    }
    return said;
  }

  private static void requireAllThere(Path folder, Set<String> acknowledged) throws Exception {
    try (JobBench bench = new JobBench(folder)) {
      Map<String, Integer> runs = runs(folder);
      JobService jobs = bench.manual(
          builder -> builder.kindOfOthers("train").settings(JobBench.QUICK.withoutOthers()));
      Set<String> found = new TreeSet<>();
      for (Job job : jobs.jobs(EnumSet.allOf(JobState.class), 10_000)) {
        found.add(job.id().value());
        requireSound(job, runs.getOrDefault(job.id().value(), 0));
      }
      assertThat(found).containsAll(acknowledged);
      assertThat(found.size()).isLessThanOrEqualTo(acknowledged.size() + RUN.n());
    }
  }

  /** The dead process is seen to: its jobs are FAILED, or QUEUED if they may run again. */
  private static void requireSound(Job job, int begun) {
    assertThat(job.state()).isIn(JobState.QUEUED, JobState.SUCCEEDED, JobState.FAILED);
    assertThat(begun).isLessThanOrEqualTo(job.attempt());
    if (job.state() == JobState.FAILED) {
      assertThat(job.failure().orElseThrow().code()).isEqualTo(ErrorCode.SYSTEM);
      assertThat(job.attempt()).isEqualTo(job.request().restarts() + 1);
    } else if (job.state() == JobState.QUEUED) {
      assertThat(job.attempt()).isLessThanOrEqualTo(job.request().restarts());
    }
  }

  private static Map<String, Integer> runs(Path folder) throws Exception {
    Map<String, Integer> runs = new TreeMap<>();
    Path log = folder.resolve("runs.log");
    if (Files.exists(log)) {
      for (String line : Files.readAllLines(log, StandardCharsets.UTF_8)) {
        runs.merge(line.substring(0, line.indexOf(' ')), 1, Integer::sum);
      }
    }
    return runs;
  }
}
