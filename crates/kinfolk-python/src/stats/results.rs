//! Results as small objects: the fields of the Rust result by their names.

use kinfolk::stats as methods;
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyIterator, PyList, PyTuple};

/// From a field of a Rust result to that of the Python one.
pub(super) trait Given<T> {
    fn given(self) -> T;
}

macro_rules! as_it_is {
    ($($kind:ty),*) => {$(
        impl Given<$kind> for $kind {
            fn given(self) -> $kind {
                self
            }
        }
    )*};
}

as_it_is!(bool, f64, u64, usize, u32, String);

impl<A: Given<B>, B> Given<Option<B>> for Option<A> {
    fn given(self) -> Option<B> {
        self.map(Given::given)
    }
}

impl<A: Given<B>, B> Given<Vec<B>> for Vec<A> {
    fn given(self) -> Vec<B> {
        self.into_iter().map(Given::given).collect()
    }
}

/// Defines classes of Python whose fields are those of a Rust result, and, after an arrow, what
/// its methods of no argument give.
macro_rules! results {
    ($(
        $(#[$about:meta])*
        $name:ident from $source:path {
            $($(#[$of_field:meta])* $field:ident: $kind:ty,)*
        }
        $(=> { $($(#[$of_extra:meta])* $extra:ident: $of_kind:ty = $method:expr,)+ })?
    )*) => {
        $(
            $(#[$about])*
            #[pyo3::pyclass(frozen, get_all, skip_from_py_object, module = "kinfolk.stats")]
            #[derive(Clone)]
            pub(super) struct $name {
                $($(#[$of_field])* pub(super) $field: $kind,)*
                $($($(#[$of_extra])* pub(super) $extra: $of_kind,)+)?
            }

            #[pyo3::pymethods]
            impl $name {
                fn __repr__(slf: &pyo3::Bound<'_, Self>) -> pyo3::PyResult<String> {
                    $crate::stats::results::shown(
                        slf.as_any(),
                        &[$(stringify!($field),)* $($(stringify!($extra),)+)?],
                    )
                }
            }

            impl $crate::stats::results::Given<$name> for $source {
                fn given(self) -> $name {
                    $($(let $extra = $method(&self);)+)?
                    $name {
                        $($field: $crate::stats::results::Given::given(self.$field),)*
                        $($($extra: $crate::stats::results::Given::given($extra),)+)?
                    }
                }
            }
        )*

        /// Adds the classes to the module.
        fn add_classes(module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
            use pyo3::types::PyModuleMethods;
            $(module.add_class::<$name>()?;)*
            Ok(())
        }
    };
}

/// Adds functions to a module.
macro_rules! functions {
    ($module:ident: $($function:ident),+ $(,)?) => {
        $($module.add_function(pyo3::wrap_pyfunction!($function, $module)?)?;)+
    };
}

pub(super) use {functions, results};

/// `Name(field=value, …)`: numbers to six digits, long lists by their length.
pub(super) fn shown(found: &Bound<'_, PyAny>, fields: &[&str]) -> PyResult<String> {
    let name = found.get_type().name()?.to_string();
    let fields = fields.iter().map(|field| {
        let value = found.getattr(*field)?;
        Ok(format!("{field}={}", shown_value(&value)?))
    });
    let fields: Vec<String> = fields.collect::<PyResult<_>>()?;
    Ok(format!("{name}({})", fields.join(", ")))
}

/// How many values of a list are shown.
const SHOWN: usize = 6;

fn shown_value(value: &Bound<'_, PyAny>) -> PyResult<String> {
    if value.is_instance_of::<PyFloat>() {
        return Ok(value.call_method1("__format__", (".6g",))?.to_string());
    }
    match value.cast::<PyList>() {
        Ok(list) if list.len() > SHOWN => Ok(format!("[{} values]", list.len())),
        Ok(list) => {
            let values: PyResult<Vec<String>> =
                list.iter().map(|value| shown_value(&value)).collect();
            Ok(format!("[{}]", values?.join(", ")))
        }
        Err(_) => Ok(value.repr()?.to_string()),
    }
}

/// A range of values that agree with the data; `lower, upper = interval` takes it apart.
#[pyclass(
    frozen,
    get_all,
    skip_from_py_object,
    sequence,
    module = "kinfolk.stats"
)]
#[derive(Clone)]
pub(super) struct Interval {
    /// The lower end.
    pub(super) lower: f64,
    /// The upper end.
    pub(super) upper: f64,
}

#[pymethods]
impl Interval {
    fn __len__(&self) -> usize {
        2
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        PyTuple::new(py, [self.lower, self.upper])?.try_iter()
    }

    fn __getitem__(&self, at: usize) -> PyResult<f64> {
        match at {
            0 => Ok(self.lower),
            1 => Ok(self.upper),
            _ => Err(pyo3::exceptions::PyIndexError::new_err(at)),
        }
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf.as_any(), &["lower", "upper"])
    }
}

impl Given<Interval> for methods::Interval {
    fn given(self) -> Interval {
        Interval {
            lower: self.lower,
            upper: self.upper,
        }
    }
}

results! {
    /// A number computed from a sample, and its interval.
    Estimated from methods::Estimated {
        /// The number.
        value: f64,
        /// The interval; `None` when the sample is too small or too even for one.
        interval: Option<Interval>,
    }

    /// A combination of coefficients and its test against zero.
    Contrast from methods::Contrast {
        /// The estimate, in units of the outcome.
        value: f64,
        /// Its standard error.
        standard_error: f64,
        /// Degrees of freedom of Student's t; infinite where the normal distribution serves.
        degrees_of_freedom: f64,
        /// The estimate over its standard error.
        t: f64,
        /// Two-sided.
        p_value: f64,
        /// The interval.
        interval: Interval,
    }

    /// A chi-square statistic and its tail.
    ChiSquareTest from methods::ChiSquareTest {
        /// The statistic.
        statistic: f64,
        /// Its degrees of freedom.
        degrees_of_freedom: usize,
        /// The probability of a statistic at least as large.
        p_value: f64,
    }

    /// A ratio with exact limits. An end that no data of this kind can bound is `None`.
    ExactRatio from methods::ExactRatio {
        /// The ratio; `None` when it is beyond all bounds.
        value: Option<f64>,
        /// The lower limit, at least 0.
        lower: f64,
        /// The upper limit.
        upper: Option<f64>,
    }
}

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Interval>()?;
    add_classes(module)
}
