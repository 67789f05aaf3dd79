package io.qilin.mlops.online;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.mlops.internal.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/** Numbers and models as texts of a database. */
final class Row {
  private static final int MAX_STATE = 1 << 26;

  private Row() {}

  static String features(Sample sample) {
    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * sample.width());
    for (int i = 0; i < sample.width(); i++) {
      bytes.putDouble(sample.feature(i));
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  static void features(String text, double[] rows, int offset, int width) {
    byte[] bytes = bytes(text, "the features of a sample");
    if (bytes.length != Double.BYTES * width) {
      throw damaged("the features of a sample");
    }
    ByteBuffer.wrap(bytes).asDoubleBuffer().get(rows, offset, width);
  }

  /** Tells whether a sample is the one that came before, also when its features are gone. */
  static String digest(Sample sample) {
    MessageDigest digest = Sha256.digest();
    digest.update(sample.at().toString().getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < sample.width(); i++) {
      digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(0, sample.feature(i)));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static String signature(ModelSignature signature) {
    MessageDigest digest = Sha256.digest();
    for (String feature : signature.features()) {
      byte[] name = feature.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, name.length));
      digest.update(name);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static String state(byte[] state) {
    if (state.length > MAX_STATE) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the state of the model has " + state.length + " bytes, at most " + MAX_STATE
              + " are kept");
    }
    return Base64.getEncoder().encodeToString(state);
  }

  static byte[] bytes(String text, String what) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new QilinException(ErrorCode.STORE_DAMAGED, what + " cannot be read back", e);
    }
  }

  private static QilinException damaged(String what) {
    return new QilinException(ErrorCode.STORE_DAMAGED, what + " cannot be read back");
  }
}
