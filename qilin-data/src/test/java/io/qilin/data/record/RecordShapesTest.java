package io.qilin.data.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.record.MarketRecord;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordShapesTest {
  @Test
  void whenAKindOfRecordHasComponents_thenItsShapeHasThemInThatOrder() {
    Set<Class<?>> seen = new HashSet<>();
    Deque<Class<?>> open = new ArrayDeque<>(List.of(MarketRecord.class.getPermittedSubclasses()));
    while (!open.isEmpty()) {
      Class<?> type = open.remove();
      if (seen.add(type)) {
        assertThat(RecordShapes.of(type).names())
            .as(type.getSimpleName())
            .isEqualTo(Arrays.stream(type.getRecordComponents())
                .map(component -> component.getName().equals("of") ? "symbol" : component.getName())
                .toList());
        Arrays.stream(type.getRecordComponents())
            .map(RecordShapesTest::held)
            .filter(held -> held.isRecord() && !Scalar.knows(held))
            .forEach(open::add);
      }
    }
    assertThat(seen).hasSizeGreaterThan(14);
  }

  private static Class<?> held(RecordComponent component) {
    Class<?> type = component.getType();
    return type == List.class || type == Optional.class
        ? (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
        : type;
  }
}
