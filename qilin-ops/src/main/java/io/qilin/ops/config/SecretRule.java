package io.qilin.ops.config;

import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.ops.config.Node.Form;
import io.qilin.ops.config.Node.Leaf;
import java.util.Optional;

/**
 * What stands in place of a secret may be.
 *
 * @param reader of sealed texts, if there is one
 * @param plain whether a secret may stand there as it is
 */
record SecretRule(Optional<SecretReader> reader, boolean plain) {
  /** The secret; INVALID_ARGUMENT with the reason, never with the text, if it cannot be had. */
  Secret read(Leaf leaf, ConfigPath path) {
    if (leaf.form() == Form.NULL || leaf.form() == Form.LITERAL || leaf.text().isEmpty()) {
      throw QilinException.invalid("expected a secret such as ENC(…), found none");
    }
    if (!Sealed.is(leaf.text())) {
      if (!plain) {
        throw QilinException.invalid(
            "expected a secret such as ENC(…), found plain text, which is not allowed here");
      }
      return Secret.of(leaf.text());
    }
    if (reader.isEmpty()) {
      throw QilinException.invalid("is sealed, and no SecretReader was given to open it");
    }
    return opened(reader.get(), leaf, path);
  }

  private static Secret opened(SecretReader reader, Leaf leaf, ConfigPath path) {
    Secret secret;
    try {
      secret = reader.read(path.toString(), leaf.text());
    } catch (QilinException e) {
      throw QilinException.invalid("cannot be opened: " + Messages.of(e));
    } catch (RuntimeException e) {
      // Not its message: only a QilinException promises to hold no secret.
      throw QilinException.invalid("cannot be opened: " + e.getClass().getSimpleName());
    }
    if (secret == null) {
      throw QilinException.invalid("cannot be opened: the SecretReader answered null");
    }
    return secret;
  }
}
