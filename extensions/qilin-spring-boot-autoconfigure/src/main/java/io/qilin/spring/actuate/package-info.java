/**
 * Qilin in Spring Boot's actuator: the endpoint {@code qilin} and the health of each part. Start at {@link
 * io.qilin.spring.actuate.EndpointAutoConfiguration}.
 */
@NullMarked
package io.qilin.spring.actuate;

import org.jspecify.annotations.NullMarked;
