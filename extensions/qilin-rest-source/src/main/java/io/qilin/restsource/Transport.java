package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.net.URI;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a spec may be spoken at all. */
final class Transport {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private Transport() {}

  static void check(RestSpec spec, boolean hasSecret) {
    URI base = spec.base();
    if (base.getScheme().equals("http")
        && !LOOPBACK.contains(base.getHost())
        && !spec.plainHttp()) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          spec.id() + ": http:// to " + QilinException.quote(base.getHost())
              + " would show the secret and the data to everybody on the way; use https://, or allow"
              + " plainHttp if you know the way");
    }
    if (!hasSecret && needsSecret(spec)) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION, spec.id() + ": requests carry a secret; give it one");
    }
  }

  private static boolean needsSecret(RestSpec spec) {
    Stream<String> common = Stream.concat(
        spec.headers().values().stream(), spec.body().stream().flatMap(BodyTree::texts));
    Stream<String> own = spec.endpoints().stream()
        .flatMap(endpoint -> Stream.concat(
            Stream.of(endpoint.fetch()), endpoint.joins().stream().map(RestJoin::fetch)))
        .flatMap(fetch -> fetch.params().values().stream());
    return Stream.concat(common, own).anyMatch(text -> Template.names(text).contains("secret"));
  }
}
