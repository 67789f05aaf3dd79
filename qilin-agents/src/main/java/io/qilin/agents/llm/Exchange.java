package io.qilin.agents.llm;

import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP exchange, handled by the calling thread: it waits for what the network delivers, never longer than the call's time or the
 * longest silence, and asks for more only when it has dealt with what came, so that memory is bounded.
 */
final class Exchange {
  /** What is done with an answer. */
  interface Receiver {
    /** Its beginning. */
    void head(int status, HttpHeaders headers);

    /** More of its body; false if no more is wanted. */
    boolean bytes(ByteBuffer bytes) throws AttemptFailure;

    /** Nothing came for too long. */
    AttemptFailure silent();
  }

  private interface Signal {}

  private record Head(int status, HttpHeaders headers) implements Signal {}

  private record Bytes(List<ByteBuffer> buffers) implements Signal {}

  private record End() implements Signal {}

  private record Failed(Throwable cause) implements Signal {}

  /** How long the end is waited for after the answer is complete, so that the connection can be used again. */
  private static final long LINGER = TimeUnit.MILLISECONDS.toNanos(20);

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final Body body = new Body();
  private final Watch watch;
  private final long idleNanos;
  private volatile boolean begun;

  private Exchange(Watch watch, long idleNanos) {
    this.watch = watch;
    this.idleNanos = idleNanos;
  }

  static void run(
      HttpClient client, HttpRequest request, Watch watch, long idleNanos, Receiver receiver)
      throws IOException, InterruptedException, AttemptFailure {
    Exchange exchange = new Exchange(watch, idleNanos);
    CompletableFuture<?> sent = exchange.send(client, request);
    CompletableFuture<?> told = sent.whenComplete((response, failure) -> {
      if (failure != null) {
        exchange.signals.add(new Failed(failure));
      }
    });
    try {
      exchange.receive(receiver);
    } finally {
      exchange.stop(sent, told);
    }
  }

  /**
   * Breaks off what still runs. Once the answer has begun, its body alone is broken off: its end may have come meanwhile, the connection
   * may serve another question, and to cancel a future, or one that depends on it, would break that one.
   */
  private void stop(CompletableFuture<?> sent, CompletableFuture<?> told) {
    if (!begun) {
      sent.cancel(true);
      told.cancel(true);
    }
    body.cancel();
  }

  private CompletableFuture<?> send(HttpClient client, HttpRequest request) throws IOException {
    try {
      return client.sendAsync(request, this::begin);
    } catch (RejectedExecutionException e) {
      throw new IOException("the client was closed", e);
    }
  }

  private HttpResponse.BodySubscriber<Boolean> begin(HttpResponse.ResponseInfo info) {
    begun = true;
    signals.add(new Head(info.statusCode(), info.headers()));
    return body;
  }

  private void receive(Receiver receiver) throws IOException, InterruptedException, AttemptFailure {
    boolean wanted = true;
    long silentUntil = watch.now() + idleNanos;
    while (true) {
      watch.check();
      long patience = silentUntil - watch.now();
      if (patience <= 0) {
        if (!wanted) {
          return;
        }
        throw receiver.silent();
      }
      Signal signal = signals.poll(
          Math.min(patience, Math.min(Watch.SLICE, watch.left())), TimeUnit.NANOSECONDS);
      if (signal == null) {
        continue;
      }
      if (signal instanceof End) {
        return;
      }
      if (signal instanceof Failed failed) {
        if (!wanted) {
          return;
        }
        throw failure(failed.cause());
      }
      if (signal instanceof Head head) {
        receiver.head(head.status(), head.headers());
      } else if (signal instanceof Bytes more) {
        wanted = wanted && take(more.buffers(), receiver);
        body.more();
      }
      silentUntil = wanted ? watch.now() + idleNanos : Math.min(silentUntil, watch.now() + LINGER);
    }
  }

  private static boolean take(List<ByteBuffer> buffers, Receiver receiver) throws AttemptFailure {
    for (ByteBuffer buffer : buffers) {
      if (!receiver.bytes(buffer)) {
        return false;
      }
    }
    return true;
  }

  private static IOException failure(Throwable cause) {
    Throwable root =
        cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
    if (root instanceof IOException io) {
      return io;
    }
    if (root instanceof QilinException known) {
      throw known;
    }
    return new IOException(String.valueOf(root.getMessage()), root);
  }

  /** Puts what arrives into the queue, one delivery at a time. */
  private final class Body implements HttpResponse.BodySubscriber<Boolean> {
    private final Object lock = new Object();
    private Flow.@Nullable Subscription subscription;
    private boolean cancelled;

    @Override
    public CompletionStage<Boolean> getBody() {
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      boolean stop;
      synchronized (lock) {
        stop = cancelled;
        subscription = given;
      }
      if (stop) {
        given.cancel();
      } else {
        given.request(1);
      }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      signals.add(new Bytes(buffers));
    }

    @Override
    public void onError(Throwable failure) {
      signals.add(new Failed(failure));
    }

    @Override
    public void onComplete() {
      synchronized (lock) {
        // The connection may serve another question from now on, which a late cancel would break.
        subscription = null;
      }
      signals.add(new End());
    }

    void more() {
      Flow.Subscription given;
      synchronized (lock) {
        given = subscription;
      }
      if (given != null) {
        given.request(1);
      }
    }

    void cancel() {
      Flow.Subscription given;
      synchronized (lock) {
        cancelled = true;
        given = subscription;
      }
      if (given != null) {
        given.cancel();
      }
    }
  }
}
