package io.qilin.mlflow;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Hands the body of an answer to a {@link Sink} and asks for more when that has taken it, so that memory is bounded. After {@link
 * #close} the sink gets nothing more.
 */
final class ReplyBody implements HttpResponse.BodySubscriber<Boolean> {
  private final CompletableFuture<Boolean> done = new CompletableFuture<>();
  private final Sink sink;
  private Flow.@Nullable Subscription subscription;
  private boolean closed;

  ReplyBody(Sink sink) {
    this.sink = sink;
  }

  @Override
  public CompletionStage<Boolean> getBody() {
    return done;
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (closed) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    Flow.Subscription from = subscription;
    if (closed || from == null) {
      return;
    }
    try {
      for (ByteBuffer buffer : buffers) {
        sink.take(buffer);
      }
      from.request(1);
    } catch (IOException | RuntimeException e) {
      close();
      done.completeExceptionally(e);
    }
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    synchronized (this) {
      // The connection may serve another call from now on, which a late cancel would break.
      subscription = null;
    }
    done.complete(true);
  }

  synchronized void close() {
    closed = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
