package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A model in this process that does as a test says. */
final class ScriptedClient implements LlmClient {
  private final String name;
  final List<Duration> times = new CopyOnWriteArrayList<>();
  final AtomicInteger closed = new AtomicInteger();
  volatile Function<LlmCall, LlmReply> script;

  ScriptedClient(String name) {
    this.name = name;
    this.script = call -> reply("from " + name);
  }

  LlmReply reply(String text) {
    return new LlmReply(
        text, List.of(), LlmReply.Finish.STOP, Optional.empty(), name, Optional.empty());
  }

  ScriptedClient fails(ErrorCode code) {
    script = call -> {
      throw new QilinException(code, name + " fails");
    };
    return this;
  }

  /** Waits for a latch, or until it is cancelled if it listens. */
  ScriptedClient waits(CountDownLatch until, boolean listens) {
    script = call -> {
      try {
        while (!until.await(5, TimeUnit.MILLISECONDS)) {
          if (listens) {
            call.cancellation().check();
          }
        }
      } catch (InterruptedException e) {
        throw new QilinException(ErrorCode.CANCELLED, "interrupted", e);
      }
      return reply("late from " + name);
    };
    return this;
  }

  int asked() {
    return times.size();
  }

  @Override
  public LlmModel model() {
    return new LlmModel("test", name, Set.of(), 1000, 1000, Optional.empty());
  }

  @Override
  public LlmReply complete(LlmRequest request, LlmCall call) {
    times.add(call.timeout());
    return script.apply(call);
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }
}
