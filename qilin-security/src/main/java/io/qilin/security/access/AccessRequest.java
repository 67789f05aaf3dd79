package io.qilin.security.access;

import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * One question to the policy: may this identity do this to that, in these circumstances? Immutable.
 *
 * <p>Names are compared as they are, case and all. Where a host's own names are not (a file system without case), it brings them
 * to one form first, or a denying rule is walked around.
 *
 * @param identity who asks
 * @param action one name, for example {@code submit}
 * @param resource segments between slashes, for example {@code orders/600519.SH}
 * @param context the circumstances
 */
public record AccessRequest(
    Identity identity, String action, String resource, AccessContext context) {
  /**
   * Checks the names.
   *
   * @throws QilinException INPUT_REJECTED if the action or the resource is not a plain name: a segment is empty, has more than 128
   *     characters, is {@code .} or {@code ..}, is not in Unicode's form NFC, or holds a blank, a control or format character or one of
   *     {@code * ? % \}; if there are more than 16 segments; or if the action has a slash or a colon
   */
  public AccessRequest {
    Objects.requireNonNull(identity, "identity");
    PlainName.action(action);
    PlainName.resource(resource);
    Objects.requireNonNull(context, "context");
  }

  /** Identity, action and resource. */
  @Override
  public String toString() {
    return "AccessRequest[" + identity + ", " + action + ":" + resource + "]";
  }
}
