package io.qilin.data.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.BlockSize;

class Lz4FrameTest {
  private static final Where WHERE = Where.file("test");

  private static byte[] data(SplittableRandom random, int length) {
    byte[] data = new byte[length];
    for (int i = 0; i < length; ) {
      int run = Math.min(length - i, random.nextInt(1, 70_000));
      int period = random.nextInt(1, 9);
      for (int end = i + run; i < end; i++) {
        data[i] =
            i < period || random.nextInt(300) == 0 ? (byte) random.nextInt() : data[i - period];
      }
    }
    return data;
  }

  private static byte[] packed(byte[] data, boolean checks, boolean linked) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    var parameters = new FramedLZ4CompressorOutputStream.Parameters(
        BlockSize.K64,
        checks,
        checks,
        linked,
        BlockLZ4CompressorOutputStream.createParameterBuilder().build());
    try (var packing = new FramedLZ4CompressorOutputStream(out, parameters)) {
      packing.write(data);
    }
    return out.toByteArray();
  }

  @Property(tries = 25)
  void whenAnyBytesArePacked_thenTheyAreUnpackedFromLinkedBlocksToo(
      @ForAll long seed,
      @ForAll @IntRange(max = 200_000) int length,
      @ForAll boolean checks,
      @ForAll boolean linked)
      throws IOException {
    byte[] data = data(new SplittableRandom(seed), length);
    byte[] packed = packed(data, checks, linked);
    byte[] out = new byte[length];
    Lz4Frame.unpack(ByteBuffer.wrap(packed), out, length, WHERE);
    assertThat(Arrays.equals(out, data)).isTrue();
  }

  @Property(tries = 300)
  void whenAFrameIsDamaged_thenItIsRefusedOrUnpackedWithinItsRoom(@ForAll long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] packed = packed(data(random, random.nextInt(2000)), random.nextBoolean(), true);
    for (int i = 0; i < 50; i++) {
      byte[] damaged = Arrays.copyOf(packed, random.nextInt(packed.length + 1));
      for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      byte[] out = new byte[2000];
      int room = random.nextInt(1900);
      try {
        Lz4Frame.unpack(ByteBuffer.wrap(damaged), out, room, WHERE);
      } catch (QilinException e) {
        assertThat(e).hasMessageContaining("LZ4");
      }
      for (int beyond = room; beyond < out.length; beyond++) {
        assertThat(out[beyond]).isZero();
      }
    }
  }

  @Property(tries = 20)
  void whenTheLengthIsNotTheFrames_thenItIsRefused(
      @ForAll @IntRange(min = 1, max = 90_000) int length) throws IOException {
    byte[] packed = packed(data(new SplittableRandom(length), length), false, true);
    byte[] out = new byte[length + 1];
    for (int wrong : new int[] {length - 1, length + 1}) {
      assertThatThrownBy(() -> Lz4Frame.unpack(ByteBuffer.wrap(packed), out, wrong, WHERE))
          .isInstanceOf(QilinException.class);
    }
  }
}
