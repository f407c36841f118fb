// A clang-tidy module without a check of its own: it keeps all others out of system headers, where
// they find nothing that is shown, and where nine tenths of their time go (Qt's and the standard
// library's headers). clang-tidy does so by itself from version 21 on.
//
//   clang-tidy -load=ownfiles.so -checks=...,eventloupe-own-files
#include <clang-tidy/ClangTidyCheck.h>
#include <clang-tidy/ClangTidyModule.h>
#include <clang-tidy/ClangTidyModuleRegistry.h>
#include <clang/AST/ASTContext.h>
#include <clang/ASTMatchers/ASTMatchFinder.h>
#include <clang/Basic/SourceManager.h>

#include <vector>

namespace {

using clang::ast_matchers::MatchFinder;

class OwnFiles : public clang::tidy::ClangTidyCheck {
public:
    using ClangTidyCheck::ClangTidyCheck;

    void registerMatchers(MatchFinder* finder) override
    {
        finder->addMatcher(clang::ast_matchers::translationUnitDecl().bind("unit"), this);
    }

    /// The unit is matched before its children are visited, so that the narrower scope holds for
    /// them.
    void check(const MatchFinder::MatchResult& result) override
    {
        const auto* unit = result.Nodes.getNodeAs<clang::TranslationUnitDecl>("unit");
        const clang::SourceManager& sources = *result.SourceManager;
        std::vector<clang::Decl*> own;
        for (clang::Decl* declaration : unit->noload_decls()) {
            const auto place = sources.getExpansionLoc(declaration->getLocation());
            if (place.isValid() && !sources.isInSystemHeader(place))
                own.push_back(declaration);
        }
        result.Context->setTraversalScope(own);
    }
};

class Module : public clang::tidy::ClangTidyModule {
public:
    void addCheckFactories(clang::tidy::ClangTidyCheckFactories& factories) override
    {
        factories.registerCheck<OwnFiles>("eventloupe-own-files");
    }
};

const clang::tidy::ClangTidyModuleRegistry::Add<Module> registered("eventloupe-module", "");

} // namespace
