package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.ops.vault.ConfigVault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code config seal}: makes {@code ENC(keyId:…)} of a secret for its place. */
@Command(
    name = "seal",
    description = {
      "Reads a secret from the standard input, so that it stands in no list of processes and no history, and prints it"
          + " sealed for its place: at another place it cannot be read. One line end is no part of it.",
      ""
    },
    footer = {"", "Example: qilin config seal --path broker.password --key k1 < password.txt"})
final class ConfigSealCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin
  private ConfigKeys keys = new ConfigKeys();

  @Option(
      names = "--path",
      required = true,
      paramLabel = "P",
      description = "Where it will stand, as 'qilin config check' prints it.")
  private String path = "";

  @Option(
      names = "--key",
      required = true,
      paramLabel = "ID",
      description = "The key to seal with.")
  private String key = "";

  ConfigSealCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ConfigVault vault = ConfigVault.builder(keys.provider()).primaryKey(key).build();
    if (terminal.interactive()) {
      terminal.say(
          "Type the secret and end it with the end of the input; it is shown as you type.");
    }
    terminal.out().print(vault.seal(path, secret()) + "\n");
    return ExitCode.DONE;
  }

  private static Secret secret() {
    byte[] bytes = bytes();
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Secret.of(
          text.endsWith("\r\n")
              ? text.substring(0, text.length() - 2)
              : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    } catch (CharacterCodingException e) {
      throw QilinException.invalid("the secret on the standard input is not well-formed UTF-8");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static byte[] bytes() {
    try {
      // One more than a secret and its line end have: what is longer must be refused, not cut.
      return System.in.readNBytes(ConfigVault.MOST_BYTES + 3);
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, "the standard input cannot be read", e);
    }
  }
}
