package io.qilin.vault;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes a body up to a size and hangs up on a larger one. Called from one thread at a time. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
  /** The body is larger than allowed. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(int most) {
      super("more than " + most + " bytes");
    }
  }

  private final int most;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private byte[] bytes = new byte[4_096];
  private int size;
  private Flow.@Nullable Subscription subscription;

  BoundedBody(int most) {
    this.most = most;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (body.isDone()) {
        return;
      }
      take(buffer);
    }
  }

  private void take(ByteBuffer buffer) {
    int more = buffer.remaining();
    if (more > most - size) {
      if (subscription != null) {
        subscription.cancel();
      }
      end();
      body.completeExceptionally(new TooLarge(most));
      return;
    }
    if (size + more > bytes.length) {
      byte[] old = bytes;
      bytes = Arrays.copyOf(old, Math.max(size + more, 2 * old.length));
      Arrays.fill(old, (byte) 0);
    }
    buffer.get(bytes, size, more);
    size += more;
  }

  @Override
  public void onError(Throwable failure) {
    end();
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(Arrays.copyOf(bytes, size));
    end();
  }

  private void end() {
    Arrays.fill(bytes, (byte) 0);
  }
}
