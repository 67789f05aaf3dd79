package io.qilin.agents.llm;

import static io.qilin.agents.llm.Asking.QUESTION;

import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmReply;
import io.qilin.testkit.FakeLlmReply;
import io.qilin.testkit.FakeLlmServer;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Measures how long an outage keeps a caller waiting: {@code java -cp ... io.qilin.agents.llm.OutageTimes}. The first of two servers is
 * out, or both are and rules answer; the breaker never opens, so that every call meets the fault.
 */
final class OutageTimes {
  private static final Duration DEADLINE = Duration.ofMillis(500);
  private static final LlmBreakerSettings NEVER =
      new LlmBreakerSettings(1000, 1000, 1, Duration.ofSeconds(1), Duration.ofSeconds(1));

  private OutageTimes() {}

  public static void main(String[] arguments) {
    PrintStream out = System.out;
    ExecutorService threads = Executors.newCachedThreadPool();
    try (FakeLlmServer bad = FakeLlmServer.start();
        FakeLlmServer good = FakeLlmServer.start()) {
      Map<String, FakeLlmReply> faults = Map.of(
          "429", FakeLlmReply.error(429, "x", "no"),
          "500", FakeLlmReply.error(500, "x", "no"),
          "reset mid-stream", FakeLlmReply.resetMidStream(),
          "garbage", FakeLlmReply.json("<html>"),
          "endless stream", FakeLlmReply.endless());
      print(out, "no fault", times(good.baseUri(), good.baseUri(), threads, false, 200));
      faults.forEach((name, fault) -> {
        bad.answer(fault);
        print(
            out,
            name + ", second answers",
            times(bad.baseUri(), good.baseUri(), threads, false, 100));
      });
      URI nobody = FakeLlmServer.nobody();
      print(out, "refused, second answers", times(nobody, good.baseUri(), threads, false, 100));
      bad.answer(FakeLlmReply.silence());
      print(
          out, "hang, hedge after 50 ms", times(bad.baseUri(), good.baseUri(), threads, true, 40));
      print(out, "hang, half of 500 ms", times(bad.baseUri(), good.baseUri(), threads, false, 15));
      print(
          out,
          "both hang, rules at 500 ms",
          times(bad.baseUri(), bad.baseUri(), threads, false, 15));
    } finally {
      threads.shutdownNow();
    }
  }

  private static double[] times(
      URI first, URI second, ExecutorService threads, boolean hedged, int calls) {
    LlmRouter.Builder builder = LlmRouter.builder(System::nanoTime)
        .member("first", Asking.open(first, "attempts", "1"), 1)
        .member("second", Asking.open(second, "attempts", "1"), 1)
        .breaker(NEVER)
        .executor(threads)
        .fallback(request -> "by rules");
    if (hedged) {
      builder.hedgeAfter(Duration.ofMillis(50));
    }
    double[] millis = new double[calls];
    try (LlmRouter router = builder.build()) {
      for (int k = -calls / 5; k < calls; k++) {
        long begun = System.nanoTime();
        LlmReply reply = router.complete(QUESTION, LlmCall.within(DEADLINE));
        double took = (System.nanoTime() - begun) / 1e6;
        if (k >= 0) {
          millis[k] = reply.text().isEmpty() ? Double.NaN : took;
        }
      }
    }
    Arrays.sort(millis);
    return millis;
  }

  private static void print(PrintStream out, String what, double[] sorted) {
    out.printf(
        Locale.ROOT,
        "%-28s min %7.1f  median %7.1f  p99 %7.1f ms (%d calls)%n",
        what,
        sorted[0],
        sorted[sorted.length / 2],
        sorted[Math.min(sorted.length - 1, (int) (sorted.length * 0.99))],
        sorted.length);
  }
}
