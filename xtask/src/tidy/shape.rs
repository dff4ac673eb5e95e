//! Functions, traits and structs that fit in a head.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::{Finding, repo::Repo};

const FUNCTION_LINES_MAX: usize = 70;
const TRAIT_METHODS_MAX: usize = 12;
const STRUCT_FIELDS_MAX: usize = 12;

/// Rust items over their limits, and Rust files that do not parse.
pub(super) fn rust(repo: &Repo) -> Vec<Finding> {
    repo.with_extension(&["rs"])
        .flat_map(|path| of_file(path, &repo.text(path).unwrap_or_default()))
        .collect()
}

fn of_file(path: &str, text: &str) -> Vec<Finding> {
    match syn::parse_file(text) {
        Ok(file) => {
            let mut look = Look { path, findings: Vec::new() };
            look.visit_file(&file);
            look.findings
        }
        Err(error) => vec![Finding::new(path, error.span().start().line, "rust-syntax", error.to_string())],
    }
}

struct Look<'a> {
    path: &'a str,
    findings: Vec<Finding>,
}

impl Look<'_> {
    /// `fn` to closing brace; the doc and the attributes above do not count.
    fn function(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let (start, end) =
            (signature.fn_token.span().start().line, block.brace_token.span.close().end().line);
        self.limit(start, "function-size", &signature.ident, end - start + 1, FUNCTION_LINES_MAX, "lines");
    }

    fn limit(
        &mut self,
        line: usize,
        rule: &'static str,
        name: &syn::Ident,
        is: usize,
        max: usize,
        unit: &str,
    ) {
        if is > max {
            self.findings.push(Finding::new(
                self.path,
                line,
                rule,
                format!("`{name}` has {is} {unit}, at most {max}"),
            ));
        }
    }
}

impl<'ast> Visit<'ast> for Look<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.function(&item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        let methods = item.items.iter().filter(|item| matches!(item, syn::TraitItem::Fn(_))).count();
        let line = item.ident.span().start().line;
        self.limit(line, "trait-size", &item.ident, methods, TRAIT_METHODS_MAX, "methods");
        visit::visit_item_trait(self, item);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        let line = item.ident.span().start().line;
        self.limit(line, "struct-size", &item.ident, item.fields.len(), STRUCT_FIELDS_MAX, "fields");
        visit::visit_item_struct(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::repo::Fixture;

    fn found(text: &str) -> Vec<(usize, &'static str)> {
        rust(&Fixture::new(&[("a.rs", text)]).repo).iter().map(|f| (f.line, f.rule)).collect()
    }

    fn function(lines: usize) -> String {
        format!("fn f() {{\n{}}}\n", "    g();\n".repeat(lines - 2))
    }

    #[test]
    fn a_long_function_is_found_wherever_it_stands() {
        assert!(found(&function(70)).is_empty());
        assert_eq!(found(&format!("\n{}", function(71))), [(2, "function-size")]);
        assert_eq!(found(&format!("impl A {{\n{}}}", function(71))), [(2, "function-size")]);
        assert_eq!(found(&format!("trait A {{\n{}}}", function(71))), [(2, "function-size")]);
        assert_eq!(found(&format!("mod a {{\n{}}}", function(71))), [(2, "function-size")]);
    }

    #[test]
    fn a_long_doc_is_no_long_function() {
        assert!(found(&format!("{}{}", "/// Word.\n".repeat(80), function(3))).is_empty());
    }

    #[test]
    fn a_wide_trait_is_found() {
        assert!(found(&format!("trait A {{ {} }}", "fn f(); ".repeat(12))).is_empty());
        assert_eq!(found(&format!("trait A {{ {} }}", "fn f(); ".repeat(13))), [(1, "trait-size")]);
    }

    #[test]
    fn a_wide_struct_is_found() {
        assert!(found(&format!("struct A {{ {} }}", "f: u8, ".repeat(12))).is_empty());
        assert_eq!(found(&format!("struct A {{ {} }}", "f: u8, ".repeat(13))), [(1, "struct-size")]);
    }

    #[test]
    fn a_file_that_does_not_parse_is_found() {
        assert_eq!(found("fn f() {\n"), [(1, "rust-syntax")]);
    }
}
